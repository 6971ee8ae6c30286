using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>What the sentences about a request's events mention. The sentences stand in the texts, as <c>event.…</c>.</summary>
internal static class RequestSentences
{
    public static Func<DomainEvent, object?[]> Of(ProcessDefinition definition)
    {
        return happened => happened switch
        {
            StepRequested asked => [asked.Code, Name(asked.Transition), asked.WantedBy],
            StepRequestGranted granted => [granted.Code, Name(granted.Transition)],
            StepRequestDeclined declined => [declined.Code, Name(declined.Transition)],
            StepRequestWithdrawn withdrawn => [withdrawn.Code, Name(withdrawn.Transition)],
            StepRequestOvertaken overtaken => [overtaken.Code, Name(overtaken.Transition)],
            StepRequestReopened reopened => [reopened.Code, Name(reopened.Transition)],
            StepRequestDayNear near => [near.Code, near.WantedBy],
            _ => [],
        };

        string Name(string transition) => StepNames.Of(definition, transition);
    }
}
