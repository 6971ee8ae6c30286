using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Addresses of the pages of work items.</summary>
internal static class WorkItemLinks
{
    public const string List = "/work-items";
    public const string Board = "/work-items/board";
    public const string Filters = "/work-items/filters";
    public const string Propose = "/work-items/propose";
    public static string Details(string code) => $"/work-items/{code}";
    public static string Edit(string code) => $"/work-items/{code}/edit";
    public static string Proposal(string code) => $"/work-items/{code}/proposal";
    public static string Advance(string code, string transition, string? track = null) => $"/work-items/{code}/advance/{Uri.EscapeDataString(transition)}{Of(track)}";
    public static string Jump(string code, string? stage = null, string? track = null) => $"/work-items/{code}/jump" + (stage is null ? Of(track) : $"?stage={Uri.EscapeDataString(stage)}");
    public static string Move(string code, string stage) => $"/work-items/{code}/move?to={Uri.EscapeDataString(stage)}";
    public static string Undo(string code, string? track = null) => $"/work-items/{code}/undo{Of(track)}";
    public static string Attest(string code, string gate, string? track = null, Guid? paper = null) =>
        $"/work-items/{code}/attest/{Uri.EscapeDataString(gate)}{Of(track)}{(paper is null ? "" : $"{(track is null ? '?' : '&')}carried={paper}")}";
    public static string Succeed(string code, LineageKind? how = null) => $"/work-items/{code}/succeed" + (how is null ? "" : $"?how={how}");
    public static string JoinForeign(string code) => $"/work-items/{code}/foreign";
    public static string AsOf(string code) => $"/work-items/{code}/as-of";
    public static string Comments(string code) => $"/work-items/{code}/comments";

    // The text is what an address means that names no track.
    private static string Of(string? track) => track is null ? "" : $"?track={track}";
}
