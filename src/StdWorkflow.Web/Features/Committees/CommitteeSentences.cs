using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>What the sentences about a committee's events mention. The sentences stand in the texts, as <c>event.…</c>.</summary>
internal static class CommitteeSentences
{
    public static object?[] Arguments(DomainEvent happened, Committee committee, IReadOnlyDictionary<Guid, string> designations) => happened switch
    {
        CommitteeAdded added => [added.Kind, added.Status],
        CommitteeStatusChanged changed => [changed.From, changed.To],
        CommitteeFactStated stated => [committee.Facts.FirstOrDefault(fact => fact.Key == stated.Key)?.Text ?? (object)stated.Key],
        WorkPlanned planned => [planned.Year, planned.Text],
        MirrorJoined joined => [designations.GetValueOrDefault(joined.Other, "—")],
        CommitteeRedesignated renamed => [renamed.From, renamed.To],
        _ => [],
    };
}
