using System.Runtime.CompilerServices;
using System.Text.Json;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Tests.Events;

public sealed class EventJsonTests
{
    [Fact]
    public void No_two_events_of_the_domain_have_the_same_name()
    {
        var names = typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract).Select(type => type.Name).ToList();

        Assert.True(names.Count > 20);
        Assert.Equal(names.Order(StringComparer.Ordinal), EventJson.EventTypes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_event_can_be_read_back()
    {
        Assert.All(EventJson.EventTypes.Values, type =>
        {
            var happened = (DomainEvent)RuntimeHelpers.GetUninitializedObject(type);
            foreach (var instant in type.GetProperties().Where(property => property.PropertyType == typeof(DateTime) && property.CanWrite))
                instant.SetValue(happened, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            var facts = EventJson.Serialize(happened);
            var back = EventJson.Deserialize(type.Name, facts, default, null);
            Assert.Equal(facts, EventJson.Serialize(back));
        });
    }

    [Fact]
    public void Facts_are_readable_and_leave_time_and_reason_to_their_columns()
    {
        var happened = new WorkPlanned(2026, LocalizedText.Of("年度“计划” <a>", null))
        {
            OccurredAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            Reason = "why",
        };

        var facts = EventJson.Serialize(happened);

        Assert.Equal("""{"year":2026,"text":{"zh":"年度“计划” <a>"}}""", facts);
        Assert.Equal(happened, EventJson.Deserialize(nameof(WorkPlanned), facts, happened.OccurredAt!.Value, happened.Reason));
    }

    [Fact]
    public void An_unknown_event_is_named()
    {
        Assert.Contains("Unheard", Assert.Throws<InvalidOperationException>(() => EventJson.Deserialize("Unheard", "{}", default, null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain 中文 𠮷")]
    [InlineData(null)]
    public void A_sound_text_is_stored_as_it_is(string? text) => Assert.Same(text, EventJson.Storable(text));

    [Fact]
    public void Options_are_fixed() => Assert.Throws<InvalidOperationException>(() => EventJson.Options.WriteIndented = true);

    [Fact]
    public void An_instant_in_facts_has_microseconds() =>
        Assert.Equal("\"2026-03-02T09:30:00.123456Z\"", JsonSerializer.Serialize(new DateTime(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc).AddTicks(1234567), EventJson.Options));
}
