using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

public class UsualStayTests
{
    [Theory]
    [InlineData(new[] { 5, 1, 100 }, 5)]
    [InlineData(new[] { 4, 1, 7, 100 }, 5)]
    [InlineData(new[] { 0, 0, 0 }, 0)]
    [InlineData(new[] { 9, 9, 1, 1, 2 }, 2)]
    public void It_is_the_middle_of_all_stays_and_tells_how_many(int[] days, int expected) =>
        Assert.Equal(new UsualStay(expected, days.Length), UsualStay.Of(days));

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 7, 8 })]
    public void Of_fewer_than_three_stays_there_is_none(int[] days) => Assert.Null(UsualStay.Of(days));
}
