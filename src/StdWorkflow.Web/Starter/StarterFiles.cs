using System.Text.Json;
using System.Text.Json.Serialization;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Starter;

internal sealed record OrganizationEntry(string Code, LocalizedText Name, string? Source, bool Verified, DepartmentCodeEntry? DepartmentCode, bool IsDemo);

internal sealed record DepartmentCodeEntry(string Code, string Source, bool Verified);

internal sealed record PositionEntry(string Key, LocalizedText Name, bool Votes, int Order, IReadOnlyList<Permission> Permissions, string Source, bool Verified);

internal sealed record CommitteeEntry(
    string Code, string? Parent, CommitteeKind Kind, CommitteeStatus Status, string Designation, LocalizedText Name, LocalizedText? Scope, LocalizedText? Charter,
    string? Secretariat, string? PublicMail, IReadOnlyList<FactEntry> Facts, IReadOnlyList<PlanEntry> WorkPlan, IReadOnlyList<MirrorEntry> Mirrors, string Source, bool Verified);

internal sealed record FactEntry(string Key, LocalizedText Text, int? Number, DateOnly? Date, string Source, bool Verified, ConflictEntry? Conflict);

internal sealed record ConflictEntry(string Value, LocalizedText Text, int? Number, DateOnly? Date, string Source);

internal sealed record PlanEntry(int Year, int Order, LocalizedText Text, DateOnly? Due, string Source, bool Verified);

internal sealed record MirrorEntry(string Committee, string Source, bool Verified);

internal sealed record ReminderRuleEntry(
    string Key, int Version, IReadOnlyList<ClockKind> DeadlineKinds, IReadOnlyList<int> OffsetsDays, IReadOnlyList<string> Recipients, LocalizedText Name, string Source, bool Verified);

internal sealed record CalendarEntry(int Year, bool Complete, string Source, bool Verified, string? Notice, IReadOnlyList<DayEntry> Days);

internal sealed record DayEntry(DateOnly Date, bool IsOffDay, string Name);

internal sealed record DemoEntry(
    bool IsDemo, LocalizedText Note, IReadOnlyList<OrganizationEntry> Organizations, IReadOnlyList<DemoPersonEntry> People, IReadOnlyList<DemoWorkItemEntry> DemoWorkItems);

internal sealed record DemoPersonEntry(
    string FullName, string? Reading, string Email, string Language, string Organization, bool IsDemo, IReadOnlyList<DemoMembershipEntry> Memberships);

internal sealed record DemoMembershipEntry(string? Committee, string Position, string? Organization, DateOnly From, DateOnly? To);

internal sealed record DemoWorkItemEntry(
    string Key, bool IsDemo, WorkItemKind Kind, string Process, string Committee, LocalizedText Title, bool IsPublic, string? Leader, IReadOnlyList<string> DraftingOrganizations,
    string? PlanNumber, string? StandardNumber, string? InternationalReference, Proposal Proposal, IReadOnlyList<DemoStayEntry> History, IReadOnlyList<DemoLineageEntry>? Lineage,
    DemoConsultationEntry? Consultation, IReadOnlyList<DemoTrackEntry>? Tracks, IReadOnlyList<PlannedDay>? Plan, DemoRequestEntry? Request);

/// <summary>What ran beside the text; its history begins in the first stage of its process.</summary>
internal sealed record DemoTrackEntry(TrackKind Kind, string Process, IReadOnlyList<DemoStayEntry> History);

internal sealed record DemoStayEntry(string Stage, DateOnly Entered, TransitionKind Kind, string? Reason);

internal sealed record DemoRequestEntry(bool IsDemo, string Transition, string By, string Reason, DateOnly WantedBy, DateTime AskedAt);

internal sealed record DemoLineageEntry(LineageKind Kind, string From);

internal sealed record DemoConsultationEntry(IReadOnlyList<DemoSubmissionEntry> Submissions);

internal sealed record DemoSubmissionEntry(
    string Receipt, bool IsDemo, SubmissionChannel Channel, DateTime ReceivedAt, string? SenderName, string? SenderOrganization, string? SenderEmail, bool MayPublishName,
    IReadOnlyList<DemoCommentEntry> Comments);

internal sealed record DemoCommentEntry(string? Clause, CommentType Type, string Text, string? ProposedChange, DemoDispositionEntry? Disposition);

internal sealed record DemoDispositionEntry(Disposition Value, string? Reason, string By, DateTime At);

/// <summary>Reads the files beside it, strictly: a misspelled property is an error and not a missing fact.</summary>
internal sealed class StarterFiles(IWebHostEnvironment environment)
{
    private static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    private readonly string folder = Path.Combine(environment.ContentRootPath, "Starter");

    public FileInfo File(string name) => new(Path.Combine(folder, name));

    public async Task<T> ReadAsync<T>(string name, CancellationToken stop)
    {
        await using var stream = System.IO.File.OpenRead(File(name).FullName);
        return await JsonSerializer.DeserializeAsync<T>(stream, options, stop) ?? throw new InvalidDataException($"{name} is empty.");
    }

    public async Task<IReadOnlyList<string>> ReadTextsAsync(string under, CancellationToken stop)
    {
        var texts = new List<string>();
        foreach (var file in Names(under)) texts.Add(await System.IO.File.ReadAllTextAsync(file, stop));
        return texts;
    }

    public async Task<IReadOnlyList<T>> ReadAllAsync<T>(string under, CancellationToken stop)
    {
        var entries = new List<T>();
        foreach (var file in Names(under)) entries.Add(await ReadAsync<T>(file, stop));
        return entries;
    }

    private IEnumerable<string> Names(string under) => Directory.EnumerateFiles(Path.Combine(folder, under), "*.json").Order(StringComparer.Ordinal);
}
