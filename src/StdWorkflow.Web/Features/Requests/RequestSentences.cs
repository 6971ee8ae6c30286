using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>What the sentences about a request's events mention. The sentences stand in the texts, as <c>event.…</c>.</summary>
internal static class RequestSentences
{
    /// <param name="trackOf">The track that the request of that code is about.</param>
    public static Func<TimelineReader.Written, object?[]> Of(Func<string, ToldTrack> trackOf)
    {
        return row => row.Happened switch
        {
            StepRequested asked => [asked.Code, Name(row, asked.Code, asked.Transition), asked.WantedBy],
            StepRequestGranted granted => [granted.Code, Name(row, granted.Code, granted.Transition)],
            StepRequestDeclined declined => [declined.Code, Name(row, declined.Code, declined.Transition)],
            StepRequestWithdrawn withdrawn => [withdrawn.Code, Name(row, withdrawn.Code, withdrawn.Transition)],
            StepRequestOvertaken overtaken => [overtaken.Code, Name(row, overtaken.Code, overtaken.Transition)],
            StepRequestReopened reopened => [reopened.Code, Name(row, reopened.Code, reopened.Transition)],
            StepRequestDayNear near => [near.Code, near.WantedBy],
            _ => [],
        };

        string Name(TimelineReader.Written row, string request, string transition) => trackOf(request).StepName(transition, row.Event.RecordedAt);
    }
}
