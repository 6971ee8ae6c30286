using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>What the sentences about comment periods and comments mention. The sentences stand in the texts, as <c>event.…</c>.</summary>
internal static class ConsultationSentences
{
    public static object?[] Arguments(DomainEvent happened) => happened switch
    {
        ConsultationOpened opened => [opened.OpensOn, opened.ClosesOn],
        ConsultationLengthened lengthened => [lengthened.From, lengthened.To],
        SubmissionReceived received => [received.Receipt, received.Channel],
        CommentReceived received => [received.Receipt, received.Ordinal],
        CommentDisposed disposed => [disposed.Disposition],
        _ => [],
    };
}
