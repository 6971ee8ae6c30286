using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Testing;
using StdWorkflow.Web.CommandLine;
using static StdWorkflow.Web.Tests.Features.International.Imports;

namespace StdWorkflow.Web.Tests.Features.International;

/// <summary>What a script and a person see of <c>import</c>: exit code, last line, and the words on the way.</summary>
[Trait("Pace", "slow")]
public sealed class ImportCommandTests : IAsyncLifetime
{
    private const string PlansHead = "number,kind,title_zh,status_zh,status_as_of,plan_no";
    private const string StagesHead = "observed_on,iso_id,reference,stage";

    private readonly SmallFiles files = new();
    private TestDatabase database = null!;

    /// <summary>Of each kind a row that is new, one that is known, one that says something else than before, and one that is refused.</summary>
    public static TheoryData<string, string, string[], string, string, string> Kinds => new()
    {
        {
            "iso-deliverables", "rows.asof_2026-10-05.jsonl",
            [Deliverable(800001, "ISO 1"), Deliverable(44545, "ISO/IEC DIS 42005"), Deliverable(44546, "ISO/IEC FDIS 42006", "\"currentStage\":5000"), """{"id":"800002","reference":"ISO 2"}"""],
            "4 read: 1 new, 1 changed, 1 unchanged, 1 refused", "4 read: 0 new, 0 changed, 3 unchanged, 1 refused",
            "line 4: id should be a whole number, but is \"800002\"."
        },
        {
            "iso-committees", "rows.asof_2026-10-05.jsonl",
            [
                """{"id":830001,"reference":"ISO/TC 830"}""", """{"id":6794475,"reference":"ISO/IEC JTC 1/SC 42"}""",
                """{"id":45020,"reference":"ISO/IEC JTC 1","title":{"en":"Another title"}}""", """{"id":830002,"reference":"ISO/TC 831","parentId":839999}""",
            ],
            "4 read: 1 new, 1 changed, 1 unchanged, 1 refused", "4 read: 0 new, 0 changed, 3 unchanged, 1 refused",
            "line 4: The parent committee 839999 is not known."
        },
        {
            "iso-stage-events", "rows.csv",
            [StagesHead, "2026-05-01,800001,ISO/DIS 1,40.20", "2026-05-01,800001,ISO/DIS 1,40.20", "2026-05-01,800002,ISO/DIS 2,40.21"],
            "3 read: 1 new, 0 changed, 1 unchanged, 1 refused", "3 read: 0 new, 0 changed, 2 unchanged, 1 refused",
            "line 4: stage is not an existing stage code: 40.21."
        },
        {
            "gb-plans", "rows.csv",
            [PlansHead, "20269980-T-469,plan,演示,正在起草,2026-11-01,", "20269980-T-469,,,,2026-11-02,", "GB/T 99980-2026,standard,,现行,2026-11-03,20269980-T-469", "20269981-T-469,plan,演示,睡着了,2026-11-01,"],
            "4 read: 1 new, 1 changed, 1 unchanged, 1 refused", "4 read: 0 new, 0 changed, 3 unchanged, 1 refused",
            "line 5: The status “睡着了” is not known."
        },
    };

    public async ValueTask InitializeAsync() => database = await App.FilledDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        files.Dispose();
        await database.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_of_file_is_taken_plain_or_gzip_and_a_second_time_changes_nothing(
        string kind, string name, string[] lines, string first, string second, string refused)
    {
        files.Write(name, lines);
        files.Write(name + ".gz", SmallFiles.Gzip(lines));

        await using var plain = await ImportAsync([kind, name]);
        var digest = await DigestAsync();
        await using var packed = await ImportAsync([kind, name + ".gz"]);

        Assert.True(plain.ExitCode == ExitCode.Ok, plain.Everything);
        Assert.Equal(first, plain.Output[^1]);
        Assert.Contains(refused, plain.Output);
        Assert.True(packed.ExitCode == ExitCode.Ok, packed.Everything);
        Assert.Equal(second, packed.Output[^1]);
        Assert.Contains(refused, packed.Output);
        Assert.Equal(digest, await DigestAsync());
    }

    [Theory]
    [InlineData("iso-deliverables", "iso-deliverables.asof_2024-09-30.jsonl", 42)]
    [InlineData("iso-stage-events", "iso-stage-events.csv", 88)]
    [InlineData("gb-plans", "gb-plans.csv", 24)]
    public async Task The_starter_state_already_says_what_the_real_files_that_the_program_ships_say(string kind, string name, int rows)
    {
        var digest = await DigestAsync();

        await using var import = await ImportAsync([kind, Repository.PathTo("src", "StdWorkflow.Web", "Starter", name)]);

        Assert.Equal((ExitCode.Ok, $"{rows} read: 0 new, 0 changed, {rows} unchanged, 0 refused"), (import.ExitCode, import.LastLine));
        Assert.Equal(digest, await DigestAsync());
    }

    [Theory]
    [InlineData("de_DE.UTF-8", "line 2: currentStage should be a whole number, but is \"6060\".", "This file is of 2024-09-29; a newer one of 2026-10-05 was imported before, so nothing was changed.", "1000 read …")]
    [InlineData("ar_SA.UTF-8", "line 2: currentStage should be a whole number, but is \"6060\".", "This file is of 2024-09-29; a newer one of 2026-10-05 was imported before, so nothing was changed.", "1000 read …")]
    [InlineData("zh_CN.UTF-8", "第 2 行：currentStage 应为整数，实为 \"6060\"。", "此文件的日期为 2024-09-29，此前已导入 2026-10-05 的较新文件，因此没有修改任何内容。", "已读 1000 行……")]
    public async Task The_last_line_is_the_same_in_every_culture_and_the_words_before_it_are_in_the_language_of_the_terminal(
        string locale, string refused, string oldNews, string progress)
    {
        var many = files.Write("many.asof_2026-10-05.jsonl", [.. Enumerable.Range(0, 1234).Select(number => Deliverable(900000 + number, $"ISO {number}", number == 1 ? "\"currentStage\":\"6060\"" : ""))]);
        var old = files.Write("old.jsonl", Deliverable(900000, "ISO/CD 0"), Deliverable(800003, "ISO 3"));
        var settings = new Dictionary<string, string> { ["LC_ALL"] = locale, ["LANG"] = locale };

        await using var import = await ImportAsync(["iso-deliverables", many.FullName], settings);
        var digest = await DigestAsync();
        await using var older = await ImportAsync(["iso-deliverables", old.FullName, "--as-of", "2024-09-29"], settings);

        Assert.Equal(ExitCode.Ok, import.ExitCode);
        Assert.Equal([refused, "1234 read: 1233 new, 0 changed, 0 unchanged, 1 refused"], import.Output);
        Assert.Contains(progress, import.Errors);
        Assert.Equal(ExitCode.Ok, older.ExitCode);
        Assert.Equal(["2 read: 0 new, 0 changed, 2 unchanged, 0 refused"], older.Output);
        Assert.Equal([oldNews], older.Errors);
        Assert.Equal(digest, await DigestAsync());
    }

    [Fact]
    public async Task A_file_that_says_no_date_is_refused_with_what_to_do_and_taken_once_the_date_is_said()
    {
        const string kind = "iso-committees";
        const string content = """{"id":830001,"reference":"ISO/TC 830"}""";
        files.Write("rows", content);
        files.Write("rows.asof_2026-10-06", content);
        var digest = await DigestAsync();

        await using var undated = await ImportAsync([kind, "rows"]);
        var after = await DigestAsync();
        await using var said = await ImportAsync([kind, "rows", "--as-of", "2026-10-05"]);
        await using var named = await ImportAsync([kind, "rows.asof_2026-10-06"]);

        Assert.Equal(ExitCode.CouldNotRun, undated.ExitCode);
        Assert.Equal(["The file does not say of which day it is: say --as-of YYYY-MM-DD, or put asof_YYYY-MM-DD into its name. Nothing was changed."], undated.Errors);
        Assert.Equal(["0 read: 0 new, 0 changed, 0 unchanged, 0 refused"], undated.Output);
        Assert.Equal(digest, after);
        Assert.Equal((ExitCode.Ok, "1 read: 1 new, 0 changed, 0 unchanged, 0 refused"), (said.ExitCode, said.LastLine));
        Assert.Equal((ExitCode.Ok, "1 read: 0 new, 0 changed, 1 unchanged, 0 refused"), (named.ExitCode, named.LastLine));
    }

    [Theory]
    [InlineData("30.09.2026")]
    [InlineData("")]
    public async Task A_date_of_another_form_is_refused(string asOf)
    {
        files.Write("rows.jsonl", Deliverable(800001, "ISO 1"));

        await using var import = await ImportAsync(["iso-deliverables", "rows.jsonl", "--as-of", asOf]);

        Assert.Equal((ExitCode.CouldNotRun, "0 read: 0 new, 0 changed, 0 unchanged, 0 refused"), (import.ExitCode, import.LastLine));
        Assert.Equal([$"“{asOf}” is not a date; write --as-of YYYY-MM-DD. Nothing was changed."], import.Errors);
    }

    [Fact]
    public async Task A_file_said_to_be_of_a_day_to_come_is_refused_and_a_later_true_one_is_no_old_news()
    {
        files.Write("rows.jsonl", Deliverable(800001, "ISO 1"));
        files.Write("next.asof_2026-10-06.jsonl", Deliverable(800001, "ISO 2"));

        await using var future = await ImportAsync(["iso-deliverables", "rows.jsonl", "--as-of", "2099-01-01"]);
        await using var today = await ImportAsync(["iso-deliverables", "rows.jsonl", "--as-of", "2026-10-05"]);
        await using var next = await ImportAsync(["iso-deliverables", "next.asof_2026-10-06.jsonl"]);

        Assert.Equal((ExitCode.CouldNotRun, "0 read: 0 new, 0 changed, 0 unchanged, 0 refused"), (future.ExitCode, future.LastLine));
        Assert.Equal(["The file is said to be of 2099-01-01, a day that has not come yet; say its real day with --as-of YYYY-MM-DD. Nothing was changed."], future.Errors);
        Assert.Equal("1 read: 1 new, 0 changed, 0 unchanged, 0 refused", today.LastLine);
        Assert.Equal("1 read: 0 new, 1 changed, 0 unchanged, 0 refused", next.LastLine);
    }

    [Fact]
    public async Task An_import_that_is_asked_to_stop_says_what_it_has_done_and_the_next_one_does_the_rest()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var file = files.Write("many.asof_2026-10-05.jsonl", [.. Enumerable.Range(0, 5000).Select(number => Deliverable(900000 + number, $"ISO {number}"))]);

        await using var stopped = ProgramProcess.Start(database, ["import", "iso-deliverables", file.FullName]);
        await stopped.WaitForLineAsync(line => line == "1000 read …");
        using (var kill = Process.Start("kill", ["-TERM", stopped.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await stopped.WaitForExitAsync();
        int done;
        await using (var db = database.Open()) done = await db.ForeignProjects.CountAsync(project => project.Number >= 900000, TestContext.Current.CancellationToken);
        await using var again = await ImportAsync(["iso-deliverables", file.FullName]);

        Assert.True(stopped.ExitCode == ExitCode.CouldNotRun, stopped.Everything);
        Assert.InRange(done, 250, 4999);
        Assert.Equal($"{done} read: {done} new, 0 changed, 0 unchanged, 0 refused", stopped.LastLine);
        Assert.Contains(stopped.Errors, line => line.StartsWith("The import was stopped.", StringComparison.Ordinal));
        Assert.Equal($"5000 read: {5000 - done} new, 0 changed, {done} unchanged, 0 refused", again.LastLine);
    }

    [Fact]
    public async Task What_a_file_says_cannot_command_the_terminal_or_forge_a_line()
    {
        files.Write("rows.csv", StagesHead, "\"2026\u001b[2J\n9 read: 9 new\u202e\",800001,ISO 1,40.20", $"{new string('9', 100_000)},1,ISO 1,40.20");

        await using var import = await ImportAsync(["iso-stage-events", "rows.csv", "--as-of", "2026-10-05"]);

        Assert.Equal(3, import.Output.Count);
        Assert.StartsWith("line 2: observed_on is not a date: 2026\uFFFD[2J\uFFFD9 read: 9 new\uFFFD", import.Output[0], StringComparison.Ordinal);
        Assert.All(import.Output, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 400));
        Assert.Equal("2 read: 0 new, 0 changed, 0 unchanged, 2 refused", import.LastLine);
    }

    private Task<ProgramProcess> ImportAsync(string[] arguments, IReadOnlyDictionary<string, string>? settings = null) =>
        ProgramProcess.RunAsync(database, ["import", .. arguments], settings, files.Folder.FullName);

    private async Task<string> DigestAsync() => (await database.VerifyAsync()).Digest;
}
