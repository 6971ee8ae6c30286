using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Domain.Tests.People;

public class PositionTests
{
    [Fact]
    public void What_a_position_allows_is_kept_in_one_order_and_once()
    {
        var position = Defined("member", Permission.View);

        Assert.True(position.Allow([Permission.Edit, Permission.View, Permission.None, Permission.Edit]).IsOk);

        Assert.Equal("View,Edit", position.PermissionNames);
        Assert.True(position.Permissions.SetEquals([Permission.View, Permission.Edit]));
    }

    [Fact]
    public void The_same_rights_again_are_no_event()
    {
        var position = Defined("member", Permission.View);
        var events = position.RaisedEvents.Count;

        position.Allow([Permission.View]);

        Assert.Equal(events, position.RaisedEvents.Count);
    }

    [Fact]
    public void The_administrator_keeps_the_right_to_administer()
    {
        var position = Defined(Position.Administrator, Permission.View, Permission.Administer);

        Assert.Equal("position.administratorKeeps", position.Allow([Permission.View]).Problem.Code);
        Assert.Contains(Permission.Administer, position.Permissions);
    }

    [Fact]
    public void No_other_position_gets_the_right_to_administer()
    {
        var position = Defined("secretary-general", Permission.View);

        Assert.Equal("position.administratorOnly", position.Allow([Permission.View, Permission.Administer]).Problem.Code);
        Assert.DoesNotContain(Permission.Administer, position.Permissions);
    }

    private static Position Defined(string key, params Permission[] permissions) =>
        Position.Define(key, new LocalizedText("职务", "Position"), votes: true, order: 1, permissions, new Source("D", false));
}
