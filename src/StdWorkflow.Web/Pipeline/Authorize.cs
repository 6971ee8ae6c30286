using MediatR;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Pipeline;

/// <summary>
/// Asks whether the asker may do this here. What the asker may not see does not exist for them; what they see but may not
/// change is refused.
/// </summary>
internal sealed class Authorize<TCommand, T>(AppDbContext db, CurrentUser me, CommandSubject subject) : IPipelineBehavior<TCommand, Result<T>>
    where TCommand : ICommand<T>
{
    public async Task<Result<T>> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<Result<T>> next)
    {
        var place = await PlaceOfAsync(request.Scope, cancellationToken);
        if (place is null) return Problem.NotFound(NameOf(request.Scope));
        if (place.Subject is { } found) (subject.Type, subject.Id, subject.Version) = (found.Type, found.Id, found.Version);

        var may = request.Scope is Scope.AnyoneScope || me.May(request.Needs, place.Committee);
        if (!may) return Problem.NotAllowed();
        if (request.Scope is Scope.WorkItemsScope(_, var others))
        {
            foreach (var code in others)
            {
                if (await PlaceOfAsync(Scope.OfWorkItem(code), cancellationToken) is not { } other) return Problem.On(nameof(Scope.WorkItemsScope.Others), "workItem.unknown", code);
                if (!me.May(request.Needs, other.Committee)) return Problem.NotAllowed();
            }
        }

        return await next();
    }

    private async Task<Place?> PlaceOfAsync(Scope scope, CancellationToken stop)
    {
        switch (scope)
        {
            case Scope.AnyoneScope or Scope.EverythingScope:
                return new Place(null, null);

            case Scope.CommitteeScope(var code):
                var committee = await db.Set<Committee>().Where(known => known.Code == code).Select(known => new { known.Id, known.Version }).SingleOrDefaultAsync(stop);
                return committee is null ? null : new Place(committee.Id, new Subject(nameof(Committee), committee.Id, committee.Version));

            case Scope.WorkItemsScope(var first, _):
                return await PlaceOfAsync(Scope.OfWorkItem(first), stop);

            case Scope.WorkItemScope(var code):
                var item = await db.Set<WorkItem>().Where(known => known.Code == code)
                    .Select(known => new { known.Id, known.Version, known.CommitteeId, known.IsPublic }).SingleOrDefaultAsync(stop);
                return item is null || !(item.IsPublic || me.May(Permission.View, item.CommitteeId)) ? null
                    : new Place(item.CommitteeId, new Subject(nameof(WorkItem), item.Id, item.Version));

            case Scope.ConsultationScope(var number):
                var consultation = await (
                    from known in db.Set<Consultation>()
                    join about in db.Set<WorkItem>() on known.WorkItemId equals about.Id
                    where known.Code == number
                    select new { known.Id, known.Version, about.CommitteeId }).SingleOrDefaultAsync(stop);
                return consultation is null ? null : new Place(consultation.CommitteeId, new Subject(nameof(Consultation), consultation.Id, consultation.Version));

            case Scope.RequestScope(var code):
                var request = await (
                    from known in db.Set<StepRequest>()
                    join about in db.Set<WorkItem>() on known.WorkItemId equals about.Id
                    where known.Code == code
                    select new { known.Id, known.Version, known.AskedById, about.CommitteeId, about.IsPublic }).SingleOrDefaultAsync(stop);
                // What is asked for is told among those who work on it; who asked keeps sight of it as long as of the item.
                return request is null || !(me.May(Permission.View, request.CommitteeId) || (request.IsPublic && me.Person == request.AskedById)) ? null
                    : new Place(request.CommitteeId, new Subject(nameof(StepRequest), request.Id, request.Version));

            case Scope.MembershipScope(var id):
                var held = await db.Set<Membership>().Where(known => known.Id == id).Select(known => new { known.Id, known.Version, known.CommitteeId }).SingleOrDefaultAsync(stop);
                return held is null ? null : new Place(held.CommitteeId, new Subject(nameof(Membership), held.Id, held.Version));

            case Scope.PositionScope(var key):
                var position = await db.Set<Position>().Where(known => known.Key == key).Select(known => new { known.Id, known.Version }).SingleOrDefaultAsync(stop);
                return position is null ? null : new Place(null, new Subject(nameof(Position), position.Id, position.Version));

            case Scope.CommentScope(var receipt, var ordinal):
                var comment = await (
                    from known in db.Set<Comment>()
                    join sent in db.Set<Submission>() on known.SubmissionId equals sent.Id
                    join period in db.Set<Consultation>() on known.ConsultationId equals period.Id
                    join about in db.Set<WorkItem>() on period.WorkItemId equals about.Id
                    where sent.Receipt == receipt && known.Ordinal == ordinal
                    select new { known.Id, known.Version, about.CommitteeId }).SingleOrDefaultAsync(stop);
                // Who may not read what was sent in may not learn either which receipts there are.
                return comment is null || !me.May(Permission.View, comment.CommitteeId) ? null
                    : new Place(comment.CommitteeId, new Subject(nameof(Comment), comment.Id, comment.Version));

            default:
                throw new InvalidOperationException($"{scope} is no place known here.");
        }
    }

    private static string NameOf(Scope scope) => scope switch
    {
        Scope.CommitteeScope(var code) => code,
        Scope.WorkItemScope(var code) => code,
        Scope.WorkItemsScope(var code, _) => code,
        Scope.ConsultationScope(var number) => number,
        Scope.PositionScope(var key) => key,
        Scope.RequestScope(var code) => code,
        Scope.CommentScope(var receipt, _) => receipt,
        _ => "",
    };

    private sealed record Subject(string Type, Guid Id, int Version);

    private sealed record Place(Guid? Committee, Subject? Subject);
}

/// <summary>What the command's scope named, as it was when the command began.</summary>
internal sealed class CommandSubject
{
    public string? Type { get; set; }

    public Guid Id { get; set; }

    public int Version { get; set; }
}
