using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Tells a person that they lead a work item from now on: nobody looks for that by themselves.</summary>
internal sealed class LeaderAssignedMail(AppDbContext db, IStringLocalizer<WorkItemTexts> texts) : IMailFor<LeaderAssigned>
{
    public IQueryable<Guid> Recipients(LeaderAssigned happened, Guid subject, AppDbContext db) =>
        db.People.Where(person => person.Id == happened.Person).Select(person => person.Id);

    public async Task<Letter?> WriteAsync(LeaderAssigned happened, Guid subject, Addressee to, CancellationToken stop)
    {
        var item = await db.WorkItems.AsNoTracking().Where(known => known.Id == subject).Select(known => new { known.Code, known.Title, known.LeaderId }).SingleAsync(stop);
        if (item.LeaderId != to.Person) return null;
        var title = item.Title.In(Reader.Language);
        return new Letter(texts["LeaderMail.Subject", item.Code, title], texts["LeaderMail.Cause"], texts["LeaderMail.Text", item.Code, title])
        {
            Path = WorkItemLinks.Details(item.Code),
        };
    }
}
