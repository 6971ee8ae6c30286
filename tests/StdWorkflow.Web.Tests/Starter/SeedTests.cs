using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Testing;
using StdWorkflow.Web.CommandLine;
using StdWorkflow.Web.Starter;
using StdWorkflow.Web.Tests.Features.International;

namespace StdWorkflow.Web.Tests.Starter;

/// <summary>What the command <c>seed</c> adds, and that it may be stopped at any moment.</summary>
[Trait("Pace", "slow")]
public sealed partial class SeedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_adds_so_many_public_demo_items_with_all_that_belongs_to_them_and_the_history_stays_sound()
    {
        await using var database = await App.FilledDatabaseAsync();
        var before = await CountAsync(database);

        await using var seeded = await ProgramProcess.RunAsync(database, ["seed", "--work-items", "300"]);
        await using var verified = await ProgramProcess.RunAsync(database, ["verify-history"]);

        Assert.True(seeded.ExitCode == ExitCode.Ok, seeded.Everything);
        Assert.True(verified.ExitCode == ExitCode.Ok, verified.Everything);
        Assert.Equal(300, await CountAsync(database) - before);
        var said = LastLine().Match(seeded.LastLine);
        Assert.True(said.Success, seeded.LastLine);
        await using var db = database.Open();
        var items = await db.WorkItems.AsNoTracking().Include(item => item.Tracks).ThenInclude(track => track.Spans).Include(item => item.Deadlines)
            .Where(item => item.Number > before + 1000).ToListAsync(Stop);
        var keys = items.Select(item => item.Id).ToHashSet();
        Assert.All(items, item => Assert.True(item is { IsDemo: true, IsPublic: true, CommitteeId: not null, LeaderId: not null, Title: { Zh: not null, En: not null } }));
        Assert.All(items, item => Assert.Equal(item.Main.StageKey, item.Main.Spans.MaxBy(span => span.Ordinal)!.StageKey));
        Assert.InRange(items.Select(item => item.Main.ProcessKey).Distinct().Count(), 8, 40);
        Assert.InRange(items.Select(item => item.CommitteeId).Distinct().Count(), 8, 40);
        Assert.InRange(items.Select(item => item.Title).Distinct().Count(), 200, 300);
        Assert.InRange(items.Select(item => item.Main.StageKey).Distinct().Count(), 10, 100);
        Assert.Contains(items, item => item.Main.End == Domain.Processes.TrackEnd.Finished);
        Assert.Contains(items, item => item.Main.End is null && item.Main.NextDeadlineUtc is not null);
        var leaders = items.Select(item => item.LeaderId).Distinct().ToList();
        Assert.Empty(await db.Set<Person>().Where(person => leaders.Contains(person.Id) && !person.IsDemo).ToListAsync(Stop));

        var comments = (await db.Comments.AsNoTracking().Where(comment => comment.IsDemo).ToListAsync(Stop))
            .Count(comment => db.Consultations.Any(period => period.Id == comment.ConsultationId && keys.Contains(period.WorkItemId)));
        var events = await db.Events.CountAsync(written => written.SubjectType == nameof(WorkItem) && keys.Contains(written.SubjectId), Stop);
        Assert.Equal([300, events, items.Sum(item => item.Deadlines.Count), comments], said.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture)));
        Assert.True(comments > 0);
        if (database.Provider == DatabaseProvider.PostgreSql)
            Assert.Equal(await db.WorkItems.CountAsync(Stop), await db.Database.SqlQuery<float>($"""SELECT reltuples AS "Value" FROM pg_class WHERE relname = 'WorkItems'""").SingleAsync(Stop));
    }

    [Fact]
    public async Task A_run_that_was_killed_is_finished_by_the_next_one_and_the_one_after_adds_anew()
    {
        const int wanted = 4000;
        await using var database = await App.FilledDatabaseAsync();
        var before = await CountAsync(database);

        await using (var killed = ProgramProcess.Start(database, ["seed", "--work-items", "4000"]))
        {
            await killed.WaitForLineAsync(line => line.StartsWith("1000 ", StringComparison.Ordinal) || line.Contains("1000 项", StringComparison.Ordinal));
            await killed.KillAsync();
        }

        var kept = await CountAsync(database) - before;
        Assert.InRange(kept, 1000, wanted - 1);
        Assert.Equal(0, kept % SeedWorkItems.AtOnce);
        await database.VerifyAsync();

        await using var again = await ProgramProcess.RunAsync(database, ["seed", "--work-items", "4000"], new Dictionary<string, string> { ["LANG"] = "en_GB.UTF-8" });
        Assert.True(again.ExitCode == ExitCode.Ok, again.Everything);
        Assert.StartsWith($"{wanted - kept} work items added: ", again.LastLine, StringComparison.Ordinal);
        Assert.Contains($"An earlier run stopped after {kept}; going on from there.", again.Errors);
        Assert.Contains("4000 added …", again.Errors);
        Assert.Equal(wanted, await CountAsync(database) - before);

        await using var anew = await ProgramProcess.RunAsync(database, ["seed", "--work-items", "7"]);
        Assert.StartsWith("7 work items added: ", anew.LastLine, StringComparison.Ordinal);
        Assert.Equal(wanted + 7, await CountAsync(database) - before);
        await database.VerifyAsync();
    }

    [Fact]
    public async Task Visitors_see_the_items_in_the_list_and_the_api_and_every_page_says_that_they_are_invented()
    {
        await using var app = new App();
        await app.InitializeAsync();
        var before = await app.Db(db => db.WorkItems.CountAsync(item => item.IsPublic, Stop));
        var part = await app.RunAsync(new SeedWorkItems(60, null));
        var newest = await app.Db(db => db.WorkItems.OrderByDescending(item => item.Number).Select(item => new { item.Code, item.Title.Zh }).FirstAsync(Stop));

        var list = await app.Visitor().OpenAsync("/work-items?sort=-code");
        var page = await app.Visitor().OpenAsync($"/work-items/{newest.Code}");
        var codes = new List<string>();
        for (var next = "/api/v1/work-items?limit=100"; next is not null;)
        {
            var answer = await app.Api().GetAsync(next);
            codes.AddRange(answer.Items.Select(item => item.GetProperty("code").GetString()!));
            next = answer.Next is { } cursor ? $"/api/v1/work-items?limit=100&cursor={Uri.EscapeDataString(cursor)}" : null;
        }

        Assert.Equal(60, part.Items);
        Assert.Contains(list.Rows(), row => row.Any(cell => cell.Contains(newest.Code, StringComparison.Ordinal)));
        Assert.Contains("演示", page.Text, StringComparison.Ordinal);
        Assert.Contains(newest.Zh!, page.Text, StringComparison.Ordinal);
        Assert.Equal(before + 60, codes.Distinct().Count());
        Assert.Contains(newest.Code, codes);
        Assert.Empty(app.Mail.Sent);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("many")]
    [InlineData("1e3")]
    [InlineData("2000000")]
    public async Task A_number_that_cannot_be_meant_is_refused_before_anything_is_touched(string number)
    {
        await using var database = await TestDatabase.CreateAsync();

        await using var program = await ProgramProcess.RunAsync(database, ["seed", $"--work-items={number}"]);

        Assert.Equal(ExitCode.CouldNotRun, program.ExitCode);
        Assert.Contains("--work-items takes a whole number from 1 to 1000000.", program.Errors);
        Assert.DoesNotContain(program.Everything, "added", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_in_which_real_people_work_gets_nothing_invented_unless_that_is_insisted_on()
    {
        var production = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Database:Migrate"] = "true" };
        await using var database = await TestDatabase.CreateAsync();

        await using var fresh = await ProgramProcess.RunAsync(database, ["seed", "--work-items", "5"], production);
        Assert.True(fresh.ExitCode == ExitCode.Ok, fresh.Everything);
        await using (var db = database.Open())
        {
            Assert.True(await db.Set<Person>().AllAsync(person => person.IsDemo, Stop));
            Assert.Empty(await db.Users.ToListAsync(Stop));
        }

        var before = await CountAsync(database);
        await using (var db = database.Open())
            await db.Set<Person>().Where(person => person.Email == "li.wei@example.org").ExecuteUpdateAsync(set => set
                .SetProperty(person => person.IsDemo, false).SetProperty(person => person.Email, "somebody@example.com").SetProperty(person => person.NormalizedEmail, "SOMEBODY@EXAMPLE.COM"), Stop);
        await using var refused = await ProgramProcess.RunAsync(database, ["seed", "--work-items", "5"], production);
        Assert.Equal(ExitCode.CouldNotRun, refused.ExitCode);
        Assert.Contains(refused.Errors, line => line.Contains("--demo", StringComparison.Ordinal));
        Assert.Equal(before, await CountAsync(database));

        await using var insisted = await ProgramProcess.RunAsync(database, ["seed", "--work-items", "5", "--demo"], production);
        Assert.True(insisted.ExitCode == ExitCode.Ok, insisted.Everything);
        Assert.Equal(before + 5, await CountAsync(database));
        await database.VerifyAsync();
    }

    private static async Task<int> CountAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.WorkItems.CountAsync(Stop);
    }

    [GeneratedRegex("^([0-9]+) work items added: ([0-9]+) events, ([0-9]+) deadlines, ([0-9]+) comments$")]
    private static partial Regex LastLine();
}
