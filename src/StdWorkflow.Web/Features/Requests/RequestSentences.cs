using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>What the sentences about a request's events mention. The sentences stand in the texts, as <c>event.…</c>.</summary>
internal static class RequestSentences
{
    /// <param name="definitionOf">The definition of the track that the request of that code is about.</param>
    public static Func<DomainEvent, object?[]> Of(Func<string, ProcessDefinition> definitionOf)
    {
        return happened => happened switch
        {
            StepRequested asked => [asked.Code, Name(asked.Code, asked.Transition), asked.WantedBy],
            StepRequestGranted granted => [granted.Code, Name(granted.Code, granted.Transition)],
            StepRequestDeclined declined => [declined.Code, Name(declined.Code, declined.Transition)],
            StepRequestWithdrawn withdrawn => [withdrawn.Code, Name(withdrawn.Code, withdrawn.Transition)],
            StepRequestOvertaken overtaken => [overtaken.Code, Name(overtaken.Code, overtaken.Transition)],
            StepRequestReopened reopened => [reopened.Code, Name(reopened.Code, reopened.Transition)],
            StepRequestDayNear near => [near.Code, near.WantedBy],
            _ => [],
        };

        string Name(string request, string transition) => StepNames.Of(definitionOf(request), transition);
    }
}
