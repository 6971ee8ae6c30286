using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Testing;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    private static int worlds;

    /// <summary>
    /// A work item whose present stage ends in so many days, in a group below a committee, both of them new. In the group's secretariat
    /// sit one with an address, one without, and one who leaves twenty days before the end; only the committee above has a secretary-general.
    /// </summary>
    internal async Task<ItemWithDeadline> ItemWithDeadlineAsync(ClockKind kind, int days, LocalizedText? title = null, string? leader = null)
    {
        var world = $"r{Interlocked.Increment(ref worlds)}";
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().Begin(Actor.Starter, nameof(Given), inCommand: true);
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var today = Instants.DateIn(now);

        await RulesAsync(db);
        var above = Committee.Add($"{world}-above", $"{world}/TC", CommitteeKind.TechnicalCommittee, CommitteeStatus.Active, new($"演示委员会{world}", null), null, null, isDemo: true).Value;
        var group = Committee.Add($"{world}-group", $"{world}/WG", CommitteeKind.WorkingGroup, CommitteeStatus.Active, new($"演示工作组{world}", null), above.Id, null, isDemo: true).Value;
        db.AddRange(above, group);
        await db.SaveChangesAsync();
        await CloseTreeAsync(db, (above.Id, above.Id, 0), (group.Id, group.Id, 0), (group.Id, above.Id, 1));

        var leads = Add("leader", leader ?? $"{world}.leader@example.org", Language.English);
        Sit(Add("staff", $"{world}.staff@example.org", Language.Chinese), await PositionAsync(db, "secretariat-staff"), group.Id, null);
        Sit(Add("silent", null, Language.Chinese), await PositionAsync(db, "secretariat-staff"), group.Id, null);
        Sit(Add("former", $"{world}.former@example.org", Language.Chinese), await PositionAsync(db, "secretariat-staff"), group.Id, today.AddDays(days - 20));
        Sit(Add("general", $"{world}.general@example.org", Language.English), await PositionAsync(db, "secretary-general"), above.Id, null);
        Sit(Add("above", $"{world}.above@example.org", Language.Chinese), await PositionAsync(db, "secretariat-staff"), above.Id, null);

        var definition = DefinitionReader.Read(DefinitionWriter.Write(Process(world, kind, days))).Value;
        db.Add(ProcessRecord.Publish(definition, DefinitionWriter.Write(definition)));
        // No person can give such a title; a file may hold one.
        var fromFile = title is not null && OneLine.Check("", title) is not null;
        var item = WorkItem.Propose(
            await db.NextAsync("work-items"), WorkItemKind.National, (fromFile ? null : title) ?? new($"演示项目{world}", $"Demo project {world}"), group.Id, Proposal.Blank, isPublic: true, isDemo: true,
            definition, new WorkingCalendar([], []), today, now).Value;
        if (fromFile) item.TakeOverChanges(new PlanRow(title!, null, null, null, null, null, null), null, definition, null, null, today, new WorkingCalendar([], []), now);
        item.AssignLeader(leads.Id);
        db.Add(item);
        await db.SaveChangesAsync();
        return new ItemWithDeadline(world, item.Id, item.Code, item.Deadlines.Single().Id, item.Deadlines.Single().LocalDate);

        Person Add(string name, string? email, Language language)
        {
            var person = Person.Add($"演示 {world} {name}", null, email, language, null, isDemo: true).Value;
            db.Add(person);
            return person;
        }

        void Sit(Person person, Guid position, Guid committee, DateOnly? to) =>
            db.Add(Membership.Appoint(person.Id, committee, position, null, today.AddDays(-400), to, isDemo: true).Value);
    }

    /// <summary>Changes a work item as a person would, without a page.</summary>
    internal async Task ChangeAsync(ItemWithDeadline given, Action<WorkItem> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().Begin(Actor.Starter, nameof(Given), inCommand: true);
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        change(await db.WorkItems.Include(item => item.Tracks).ThenInclude(track => track.Spans).Include(item => item.Deadlines).AsSplitQuery().SingleAsync(item => item.Id == given.Id));
        await db.SaveChangesAsync();
    }

    private static ProcessDefinition Process(string world, ClockKind kind, int days)
    {
        var source = new Source("D", false);
        return new ProcessDefinition(
            world, 1, new($"演示程序{world}", $"Demo process {world}"), new("测试用", "For tests"), source,
            [
                new Stage("10", "10", null, new("演示阶段一", "Demo stage one"), Phase.Drafting, null, OpensConsultation: kind == ClockKind.CommentPeriod, source),
                new Stage("20", "20", null, new("演示阶段二", "Demo stage two"), Phase.Drafting, TrackEnd.Finished, OpensConsultation: false, source),
            ],
            [new Transition("go", "10", "20", TransitionKind.Forward, new("推进", "Go on"), Permission.Advance, new("秘书处", "the secretariat"), [], source)],
            [new Clock("limit", ["10"], days, ClockUnit.Days, kind, new("演示时限", "Demo limit"), source, null)]);
    }

    private static async Task<Guid> PositionAsync(AppDbContext db, string key)
    {
        if (db.Positions.Local.FirstOrDefault(position => position.Key == key) is { } fresh) return fresh.Id;
        if (await db.Positions.SingleOrDefaultAsync(position => position.Key == key) is { } known) return known.Id;
        var made = Position.Define(key, new(key, key), false, 1, [Permission.View], new Source("D", false));
        db.Add(made);
        return made.Id;
    }

    private static async Task RulesAsync(AppDbContext db)
    {
        if (await db.ReminderRules.AnyAsync()) return;
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathTo("src", "StdWorkflow.Web", "Starter", "reminder-rules.json")));
        foreach (var rule in file.RootElement.EnumerateArray())
            db.Add(ReminderRule.Make(
                rule.GetProperty("key").GetString()!, rule.GetProperty("version").GetInt32(),
                new(rule.GetProperty("name").GetProperty("zh").GetString(), rule.GetProperty("name").GetProperty("en").GetString()),
                rule.GetProperty("deadlineKinds").EnumerateArray().Select(kind => Enum.Parse<ClockKind>(kind.GetString()!)),
                rule.GetProperty("offsetsDays").EnumerateArray().Select(offset => offset.GetInt32()),
                rule.GetProperty("recipients").EnumerateArray().Select(recipient => recipient.GetString()!),
                new Source(rule.GetProperty("source").GetString()!, rule.GetProperty("verified").GetBoolean())));
    }

    private static async Task CloseTreeAsync(AppDbContext db, params (Guid Committee, Guid Ancestor, int Depth)[] links)
    {
        foreach (var (committee, ancestor, depth) in links)
            if (!await db.CommitteeAncestors.AnyAsync(link => link.CommitteeId == committee && link.AncestorId == ancestor))
                db.Add(new CommitteeAncestor { CommitteeId = committee, AncestorId = ancestor, Depth = depth });
    }
}

/// <summary>A work item of its own world, with the one deadline that it has.</summary>
internal sealed record ItemWithDeadline(string World, Guid Id, string Code, Guid Deadline, DateOnly LastDay)
{
    /// <summary>The address of a person of this world: leader, staff, former, general, above.</summary>
    public string Address(string who) => string.Create(CultureInfo.InvariantCulture, $"{World}.{who}");
}
