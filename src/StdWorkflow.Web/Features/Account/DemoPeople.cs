using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Account;

/// <summary>In Development the sign-in page lists the invented people and the one password that they share.</summary>
internal sealed class DemoPeople(AppDbContext db, IWebHostEnvironment environment, IConfiguration configuration, TimeProvider clock)
{
    public const string PasswordSetting = "Starter:DemoPassword";

    public sealed record Line(string FullName, string Email, IReadOnlyList<(LocalizedText Position, string? Committee)> Positions);

    /// <summary>The shared password, or null where there are no invented people: everywhere but in Development.</summary>
    public string? Password => environment.IsDevelopment() ? configuration[PasswordSetting] : null;

    public async Task<IReadOnlyList<Line>> ListAsync(CancellationToken stop)
    {
        if (Password is null) return [];
        var today = Instants.DateIn(clock.UtcNow());
        var rows = await (
            from user in db.Users.AsNoTracking()
            join person in db.People on user.PersonId equals person.Id
            where person.IsDemo
            orderby person.Email
            select new
            {
                person.FullName,
                user.Email,
                Positions = (
                    from held in db.Memberships
                    join position in db.Positions on held.PositionId equals position.Id
                    where held.PersonId == person.Id && held.From <= today && (held.To == null || held.To >= today)
                    orderby position.SortOrder
                    select new { position.Name, Committee = db.Committees.Where(committee => committee.Id == held.CommitteeId).Select(committee => committee.Designation).FirstOrDefault() }).ToList(),
            }).AsSingleQuery().ToListAsync(stop);
        return [.. rows.Select(row => new Line(row.FullName, row.Email ?? "", [.. row.Positions.Select(held => (held.Name, held.Committee))]))];
    }
}
