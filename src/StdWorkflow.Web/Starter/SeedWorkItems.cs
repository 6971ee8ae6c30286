using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Starter;

/// <summary>
/// Adds some of a great number of invented work items, to try the product out at its full size. A run that was stopped is gone on with by
/// the next one that asks for as many.
/// </summary>
/// <param name="Wanted">How many the whole run adds.</param>
/// <param name="Run">Which run, as the part before it answered; null for the first part.</param>
internal sealed record SeedWorkItems(int Wanted, int? Run) : ICommand<SeedPart>
{
    /// <summary>Items of one part, and of one transaction.</summary>
    public const int AtOnce = 250;

    public Permission Needs => Permission.Administer;

    public Scope Scope => Scope.Everything;
}

/// <summary>What a part of a run added.</summary>
/// <param name="Run">The run, for the next part.</param>
/// <param name="Before">Items that the run had added before this part.</param>
/// <param name="Items">Items that this part added; 0 when the run is done.</param>
/// <param name="Comments">Comments on them.</param>
/// <param name="Deadlines">Their deadlines, running and done.</param>
/// <param name="Events">Events in their history.</param>
internal sealed record SeedPart(int Run, int Before, int Items, int Comments, int Deadlines, int Events);

internal sealed record SeedWords(
    bool IsDemo, IReadOnlyList<LocalizedText> Areas, IReadOnlyList<LocalizedText> Topics, IReadOnlyList<LocalizedText> Aspects, IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Abandonments, IReadOnlyList<SeedComment> Comments, IReadOnlyList<string> Answers, string Purpose, string Content);

internal sealed record SeedComment(string? Clause, string Text, string? Change);

internal sealed class SeedWorkItemsHandler(AppDbContext db, StarterFiles files, ProcessCatalog processes, TimeProvider clock) : ICommandHandler<SeedWorkItems, SeedPart>
{
    private const string Key = "work-items";

    // Departments of the state have none of these, so no plan that is imported later has such a number.
    private const int FirstDepartment = 900;

    /// <summary>How often a process is taken.</summary>
    private static readonly (string Process, int Weight)[] processWeights =
    [
        ("gb-t-normal", 40), ("pre-research", 14), ("gb-t-fast-b", 6), ("gb-t-fast-c", 4), ("gb-mandatory", 3), ("gb-z", 5), ("gb-review", 4), ("gb-withdrawal", 1),
        ("group-standard", 8), ("practice-guide", 4), ("foreign-language-version", 3), ("outbound-proposal", 3), ("iso-iec-is", 2), ("iso-iec-ts", 1), ("iso-iec-tr", 1), ("iso-iec-amd", 1),
    ];

    private readonly DateTime now = clock.UtcNow();
    private readonly List<Comment> comments = [];
    private SeedWords words = null!;
    private WorkingCalendar calendar = new([], []);
    private List<ProcessDefinition> definitions = [];
    private List<Guid> committees = [];
    private List<Guid> leaders = [];
    private List<Guid> organizations = [];
    private DateOnly yesterday;

    public async Task<Result<SeedPart>> Handle(SeedWorkItems command, CancellationToken stop)
    {
        db.LoadsInBulk = true;
        var (receipt, progress) = await ProgressAsync(command, stop);
        var items = Math.Min(SeedWorkItems.AtOnce, progress.Wanted - progress.Added);
        if ((command.Run is { } run && run != progress.First) || items == 0) return new SeedPart(progress.First, progress.Added, 0, 0, 0, 0);

        await ReadWorldAsync(stop);
        var (deadlines, events) = (0, 0);
        for (var index = progress.First + progress.Added; index < progress.First + progress.Added + items; index++)
        {
            var item = await LiveAsync(new Random(index), await db.NextAsync(Numbering.WorkItems, stop), stop);
            deadlines += item.Deadlines.Count;
            events += item.RaisedEvents.Count;
        }

        receipt.Result = JsonSerializer.Serialize(progress with { Added = progress.Added + items });
        return new SeedPart(progress.First, progress.Added, items, comments.Count, deadlines, events);
    }

    /// <summary>How far the run is. Who asks for another number than the run before has begins a new one.</summary>
    private async Task<(CommandReceipt Receipt, Progress Progress)> ProgressAsync(SeedWorkItems command, CancellationToken stop)
    {
        var receipt = await db.CommandReceipts.FindAsync([Key, nameof(ActorKind.Starter), nameof(SeedWorkItems)], stop);
        if (receipt is null)
        {
            var first = new Progress(0, command.Wanted, 0);
            receipt = new CommandReceipt { Key = Key, ActorKey = nameof(ActorKind.Starter), Command = nameof(SeedWorkItems), Result = JsonSerializer.Serialize(first), At = now };
            db.CommandReceipts.Add(receipt);
            return (receipt, first);
        }

        var known = JsonSerializer.Deserialize<Progress>(receipt.Result)!;
        var goesOn = command.Run is not null || (known.Wanted == command.Wanted && known.Added < known.Wanted);
        return (receipt, goesOn ? known : new Progress(known.First + known.Added, command.Wanted, 0));
    }

    private async Task ReadWorldAsync(CancellationToken stop)
    {
        words = await files.ReadAsync<SeedWords>("seed.json", stop);
        calendar = await db.CalendarYears.ReadAsync(stop);
        yesterday = Instants.DateIn(now).AddDays(-1);
        var current = (await processes.CurrentAsync(db.Processes, stop)).ToDictionary(definition => definition.Key);
        definitions = [.. processWeights.Where(choice => current.ContainsKey(choice.Process)).SelectMany(choice => Enumerable.Repeat(current[choice.Process], choice.Weight))];
        committees = await db.Committees.Where(committee => !EF.Functions.Like(committee.Code, "iso-%")).OrderBy(committee => committee.Code).Select(committee => committee.Id).ToListAsync(stop);
        organizations = await db.Organizations.Where(organization => organization.IsDemo).OrderBy(organization => organization.Code).Select(organization => organization.Id).ToListAsync(stop);
        leaders = await (
            from person in db.People
            where person.IsDemo
                && db.Memberships.Any(held => held.PersonId == person.Id && held.CommitteeId != null && held.To == null && db.Positions.Any(position => position.Id == held.PositionId && position.Votes))
            orderby person.Email
            select person.Id).ToListAsync(stop);
    }

    private async Task<WorkItem> LiveAsync(Random random, int number, CancellationToken stop)
    {
        var definition = Any(random, definitions);
        var steps = random.NextDouble() switch { < 0.5 => random.Next(2), < 0.85 => random.Next(1, 4), _ => random.Next(4, 11) };
        var day = Later(yesterday.AddDays(-random.Next(1, 90) - steps * random.Next(60, 150)));
        var began = DemoSteps.At(day);
        var item = WorkItem.Propose(
            number, WorkItem.KindOf(definition), TitleOf(random), Any(random, committees), new Proposal { Months = 24, Purpose = words.Purpose, Content = words.Content },
            isPublic: true, isDemo: true, definition, calendar, day, began).Value;
        if (leaders.Count > 0) item.AssignLeader(Any(random, leaders), began);
        if (organizations.Count > 0) item.NameDraftingOrganizations([Any(random, organizations)], began);
        if (NumbersOf(definition, number, day, steps) is { } numbers) item.GiveNumbers(numbers.Plan, numbers.Standard, null, began);

        Consultation? consultation = null;
        var said = new List<Comment>();
        for (var step = 0; step < steps && item.Main.End is null; step++)
        {
            day = After(random, item.Main, consultation);
            if (day > yesterday) break;
            if (Choose(random, definition, item) is not { } transition) break;
            var at = DemoSteps.At(day);
            foreach (var comment in said) Decide(random, comment, item.LeaderId, at);
            if (!DemoSteps.Take(item, item.Main, definition, transition, transition.NeedsReason ? ReasonOf(random, transition) : null, day, item.LeaderId, consultation?.ClosesAtUtc, said.Count, calendar).IsOk) break;
            consultation?.Close(at, null);
            (consultation, said) = (null, []);
            if (definition.StageOf(item.Main.StageKey).OpensConsultation) (consultation, said) = await ConsultAsync(random, item, stop);
        }

        if (consultation is not null && consultation.ClosesAtUtc < now) consultation.Close(consultation.ClosesAtUtc.AddMinutes(1), null);
        item.LookAgain(item.Main, definition, item.FactsOf(item.Main, now, consultation?.ClosesAtUtc, said.Count, said.Count(comment => comment.Disposition is null)));
        db.WorkItems.Add(item);
        return item;
    }

    private async Task<(Consultation Consultation, List<Comment> Comments)> ConsultAsync(Random random, WorkItem item, CancellationToken stop)
    {
        var consultation = await DemoSteps.OpenConsultationAsync(db, item, stop);
        var said = new List<Comment>();
        for (var senders = random.Next(2); senders > 0; senders--)
        {
            var received = DemoSteps.At(consultation.OpensOn.AddDays(random.Next(consultation.ClosesOn.DayNumber - consultation.OpensOn.DayNumber)));
            if (received > now) continue;
            var submission = Submission.Receive(
                consultation, ReceiptNumbers.New(received), SubmissionChannel.Web, null, null, null, mayPublishName: false, null, received, isDemo: true).Value;
            db.Submissions.Add(submission);
            for (var (ordinal, last) = (1, random.Next(1, 4)); ordinal <= last; ordinal++)
            {
                var (clause, text, change) = Any(random, words.Comments);
                var comment = Comment.Make(submission, ordinal, clause, (CommentType)random.Next(3), text, change).Value;
                if (random.Next(3) == 0) Decide(random, comment, item.LeaderId, received.AddDays(5) < now ? received.AddDays(5) : now);
                said.Add(comment);
            }
        }

        db.Comments.AddRange(said);
        comments.AddRange(said);
        return (consultation, said);
    }

    private void Decide(Random random, Comment comment, Guid? by, DateTime at)
    {
        if (comment.Disposition is null) comment.Dispose((Disposition)random.Next(4), Any(random, words.Answers), by, at);
    }

    /// <summary>The next day on which something may happen: no consultation is left before it is over.</summary>
    private DateOnly After(Random random, Track track, Consultation? consultation)
    {
        var stays = track.Since!.Value.AddDays(random.Next(15, 140));
        return Later(consultation is not null && stays <= consultation.ClosesOn ? consultation.ClosesOn.AddDays(random.Next(3, 40)) : stays);
    }

    /// <summary>Nobody works on a Saturday or Sunday.</summary>
    private static DateOnly Later(DateOnly day) => day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(2), DayOfWeek.Sunday => day.AddDays(1), _ => day };

    private static Transition? Choose(Random random, ProcessDefinition definition, WorkItem item)
    {
        var ways = definition.Transitions.Where(way => way.From == item.Main.StageKey).ToList();
        var kind = random.Next(100) switch { < 88 => TransitionKind.Forward, < 94 => TransitionKind.Back, < 97 => TransitionKind.Repeat, _ => TransitionKind.Abandon };
        var wanted = ways.Where(way => way.Kind == kind).ToList();
        if (wanted.Count == 0) wanted = [.. ways.Where(way => way.Kind == TransitionKind.Forward)];
        return wanted.Count == 0 ? null : Any(random, wanted);
    }

    private string ReasonOf(Random random, Transition transition) => Any(random, transition.Kind == TransitionKind.Abandon ? words.Abandonments : words.Reasons);

    private LocalizedText TitleOf(Random random)
    {
        var (area, topic, aspect) = (Any(random, words.Areas), Any(random, words.Topics), Any(random, words.Aspects));
        return random.Next(3) == 0 && random.Next(1, 10) is var part
            ? new LocalizedText($"{area.Zh} {topic.Zh} 第{part}部分：{aspect.Zh}", string.Create(CultureInfo.InvariantCulture, $"{area.En} — {topic.En} — Part {part}: {aspect.En}"))
            : new LocalizedText($"{area.Zh} {topic.Zh} {aspect.Zh}", $"{area.En} — {topic.En} — {aspect.En}");
    }

    private static (string? Plan, string? Standard)? NumbersOf(ProcessDefinition definition, int number, DateOnly day, int steps)
    {
        var letter = definition.Key switch { "gb-mandatory" => "Q", "gb-z" => "Z", "gb-t-normal" or "gb-t-fast-b" or "gb-t-fast-c" => "T", _ => null };
        if (letter is null || number / 10_000 + FirstDepartment > 999) return null;
        var plan = string.Create(CultureInfo.InvariantCulture, $"{day.Year}{number % 10_000:0000}-{letter}-{number / 10_000 + FirstDepartment}");
        var prefix = letter switch { "Q" => "GB", "Z" => "GB/Z", _ => "GB/T" };
        return (plan, steps < 5 ? null : string.Create(CultureInfo.InvariantCulture, $"{prefix} {9_000_000 + number}-{day.Year + 2}"));
    }

    private static T Any<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <param name="First">Items that earlier runs added; the invention goes on from there.</param>
    private sealed record Progress(int First, int Wanted, int Added);
}
