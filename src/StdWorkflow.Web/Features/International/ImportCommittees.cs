using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.International;

/// <summary>Takes over some rows of ISO's list of committees.</summary>
/// <param name="FileDate">Date of the file.</param>
/// <param name="Rows">The rows.</param>
/// <param name="IsLastRound">A row whose parent is still not known is refused, not held back.</param>
internal sealed record ImportCommittees(DateOnly FileDate, IReadOnlyList<CommitteeRow> Rows, bool IsLastRound) : ICommand<ImportOutcome>
{
    public const string Kind = "iso-committees";

    public Permission Needs => Permission.Administer;

    public Scope Scope => Scope.Everything;
}

internal sealed class ImportCommitteesHandler(AppDbContext db) : ICommandHandler<ImportCommittees, ImportOutcome>
{
    private const string NumberFact = "iso-number";

    private static readonly Source source = new("ISO-OD", true);

    private readonly Dictionary<int, Committee> byNumber = [];
    private readonly Dictionary<string, Committee> byDesignation = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Guid> secretariats = new(StringComparer.Ordinal);
    private readonly HashSet<string> codes = new(StringComparer.Ordinal);

    public async Task<Result<ImportOutcome>> Handle(ImportCommittees command, CancellationToken stop)
    {
        if (await db.NoteAsync(ImportCommittees.Kind, command.FileDate, stop) is { } newer) return ImportOutcome.OldNews(command.Rows.Count, newer);

        await LoadAsync(command.Rows, stop);
        var outcome = new ImportOutcome();
        foreach (var row in command.Rows)
        {
            if (row.Parent is { } above && !byNumber.ContainsKey(above))
            {
                if (command.IsLastRound) outcome.Refuse(row.Line, Problem.On("parentId", "import.unknownParent", above));
                else outcome.Held.Add(row.Line);
                continue;
            }

            await TakeOverAsync(row, command.FileDate, outcome, stop);
        }

        return outcome;
    }

    private async Task LoadAsync(IReadOnlyList<CommitteeRow> rows, CancellationToken stop)
    {
        var numbers = rows.SelectMany(row => new[] { row.Number, row.Parent }).Distinct().ToList();
        var designations = rows.Select(row => row.Designation).Distinct().ToList();
        var known = await db.Set<Committee>().Include(committee => committee.Facts).AsSplitQuery()
            .Where(committee => designations.Contains(committee.Designation) || committee.Facts.Any(fact => fact.Key == NumberFact && numbers.Contains(fact.Number)))
            .ToListAsync(stop);
        foreach (var committee in known)
        {
            byDesignation[committee.Designation] = committee;
            if (committee.Facts.FirstOrDefault(fact => fact.Key == NumberFact)?.Number is { } number) byNumber[number] = committee;
        }

        var wantedCodes = rows.Select(PlainCode).ToList();
        codes.UnionWith(await db.Set<Committee>().Where(committee => wantedCodes.Contains(committee.Code)).Select(committee => committee.Code).ToListAsync(stop));

        var acronyms = rows.Select(row => row.Secretariat).OfType<string>().Select(Slug.Of).Distinct().ToList();
        foreach (var organization in await db.Set<Organization>().Where(organization => acronyms.Contains(organization.Code)).ToListAsync(stop))
            secretariats[organization.Code] = organization.Id;
    }

    private async Task TakeOverAsync(CommitteeRow row, DateOnly asOf, ImportOutcome outcome, CancellationToken stop)
    {
        var status = row.Status is { } word ? StatusOf(word) : null;
        if (row.Status is not null && status is null)
        {
            outcome.Refuse(row.Line, Problem.On("status", "import.unknownStatus", row.Status));
            return;
        }

        var committee = byNumber.GetValueOrDefault(row.Number) ?? (byDesignation.GetValueOrDefault(row.Designation) is { } named && NumberOf(named) is null ? named : null);
        if (byDesignation.GetValueOrDefault(row.Designation) is { } other && other != committee)
        {
            outcome.Refuse(row.Line, Problem.On("reference", "import.designationTaken", row.Designation, NumberOf(other)));
            return;
        }

        var parent = row.Parent is { } above ? byNumber[above] : null;
        if (committee is not null && parent is not null && parent.Id != committee.ParentId && await IsBelowAsync(parent, committee, stop))
        {
            outcome.Refuse(row.Line, Problem.On("parentId", "import.parentBelow", row.Parent));
            return;
        }

        var isNew = committee is null;
        if (committee is null)
        {
            var added = Committee.Add(FreeCode(row), row.Designation, CommitteeKind.International, status ?? CommitteeStatus.Active,
                LocalizedText.Of(null, row.TitleEn ?? row.Designation), parent?.Id, source, isDemo: false);
            if (!added.IsOk)
            {
                outcome.Refuse(row.Line, added.Problems);
                return;
            }

            db.Add(committee = added.Value);
            codes.Add(committee.Code);
        }

        var before = committee.RaisedEvents.Count;
        if (status is { } life && committee.Become(life, row.Status) is { IsOk: false } refused)
        {
            outcome.Refuse(row.Line, refused.Problems);
            return;
        }

        if (parent is not null) committee.MoveUnder(parent.Id);
        byDesignation.Remove(committee.Designation);
        committee.Redesignate(row.Designation);
        (byDesignation[row.Designation], byNumber[row.Number]) = (committee, committee);

        committee.Describe(
            new LocalizedText(committee.Name.Zh, row.TitleEn ?? committee.Name.En), committee.Scope, committee.Charter,
            row.Secretariat is { } acronym ? SecretariatOf(acronym) : committee.SecretariatId, committee.PublicMail);
        State(committee, NumberFact, $"ISO委员会编号{Words(row.Number)}。", $"ISO’s number for the committee is {Words(row.Number)}.", row.Number, null);
        if (row.Created is { } created) State(committee, "created", $"{Words(created)}成立。", $"Created on {Words(created)}.", null, created);
        if (row.PMembers is { } p) State(committee, "p-members", $"P成员{Words(p)}个。", $"{Words(p)} P-members.", p, null);
        if (row.OMembers is { } o) State(committee, "o-members", $"O成员{Words(o)}个。", $"{Words(o)} O-members.", o, null);

        if (isNew) outcome.New++;
        else outcome.Count(committee.RaisedEvents.Count > before);
    }

    private static void State(Committee committee, string key, string zh, string en, int? number, DateOnly? date)
    {
        var order = committee.Facts.FirstOrDefault(fact => fact.Key == key)?.SortOrder ?? committee.Facts.Select(fact => fact.SortOrder).DefaultIfEmpty(0).Max() + 1;
        committee.State(new CommitteeFact(committee.Id, key, order, new LocalizedText(zh, en), number, date, source, null));
    }

    private static string PlainCode(CommitteeRow row) => Slug.Of(row.Designation) is { Length: > 0 } slug ? slug : $"iso-{Words(row.Number)}";

    // The code of a committee stays when its designation changes; the next one of that designation needs another.
    private string FreeCode(CommitteeRow row) => PlainCode(row) is var plain && codes.Contains(plain) ? $"iso-{Words(row.Number)}" : plain;

    private Guid SecretariatOf(string acronym)
    {
        var code = Slug.Of(acronym);
        if (secretariats.TryGetValue(code, out var known)) return known;
        var organization = Organization.Add(code, new LocalizedText(null, acronym), source, isDemo: false).Value;
        db.Add(organization);
        return secretariats[code] = organization.Id;
    }

    private async Task<bool> IsBelowAsync(Committee one, Committee other, CancellationToken stop) =>
        one == other || await db.Set<CommitteeAncestor>().AnyAsync(row => row.CommitteeId == one.Id && row.AncestorId == other.Id, stop);

    private static int? NumberOf(Committee committee) => committee.Facts.FirstOrDefault(fact => fact.Key == NumberFact)?.Number;

    private static CommitteeStatus? StatusOf(string word) => word.ToUpperInvariant() switch
    {
        "ACTIVE" => CommitteeStatus.Active,
        "STANDBY" or "STAND BY" or "SUSPENDED" or "DORMANT" => CommitteeStatus.Dormant,
        "DISBANDED" or "DISSOLVED" => CommitteeStatus.Concluded,
        _ => null,
    };

    private static string Words(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Words(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Stable lower-case names for addresses.</summary>
internal static class Slug
{
    /// <summary>Lower case, every run of other characters than ASCII letters and digits turned into one hyphen.</summary>
    public static string Of(string text) =>
        string.Join('-', new string([.. text.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
