using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Gives a comment its disposition (处理意见), and looks again at what stands in the way of its work item.</summary>
public sealed record DisposeComment(
    string Receipt, int Ordinal, [property: Required] Disposition? Disposition, [property: StringLength(Limits.Text)] string? Reason, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Dispose;
    public Scope Scope => Scope.OfComment(Receipt, Ordinal);
}

internal sealed class DisposeCommentHandler(AppDbContext db, WorkItemLoading workItems, CurrentUser me, TimeProvider clock) : ICommandHandler<DisposeComment, Done>
{
    public async Task<Result<Done>> Handle(DisposeComment command, CancellationToken stop)
    {
        var comment = await (
            from known in db.Comments
            join sent in db.Submissions on known.SubmissionId equals sent.Id
            where sent.Receipt == command.Receipt && known.Ordinal == command.Ordinal
            select known).SingleAsync(stop);
        var wasOpen = comment.Disposition is null;
        var disposed = comment.Dispose(command.Disposition!.Value, command.Reason, me.Person, clock.UtcNow());
        if (!disposed.IsOk) return Result<Done>.Fail(disposed.Problems);
        if (!wasOpen) return Done.Ok;

        var place = await (
            from period in db.Consultations
            join item in db.WorkItems on period.WorkItemId equals item.Id
            where period.Id == comment.ConsultationId
            select new { item.Code, period.TrackId, period.SpanOrdinal }).SingleAsync(stop);
        return (await workItems.FindAsync(place.Code, place.TrackId, stop))
            .Tap(found =>
            {
                // Comments on an earlier draft keep no step waiting.
                if (place.SpanOrdinal != found.Track.CurrentOrdinal) return;
                // The count is the database's, which does not know yet of the disposition given here.
                found.Item.LookAgain(found.Track, found.Definition, found.Facts with { CommentsWithoutDisposition = found.Facts.CommentsWithoutDisposition - 1 });
            })
            .Map(_ => default(Done));
    }
}
