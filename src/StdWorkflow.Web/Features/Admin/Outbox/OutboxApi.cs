using System.ComponentModel;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Admin.Outbox;

/// <summary>Outgoing mail for programs of administrators.</summary>
internal static class OutboxApi
{
    public sealed record Filter
    {
        [Description("waiting, claimed, sent, parked or cancelled; all when not said.")]
        public string? State { get; init; }
    }

    public sealed record Line(Guid Id, string Kind, OutboxState State, string? Name, string? Address, DateTime Created, DateTime NotBefore, DateTime? Sent, int Attempts, string? LastError);

    private static readonly IReadOnlyList<ListOrder<OutboxMessage, Line>> Orders =
        [.. ListOrder<OutboxMessage, Line>.Both("updated", mail => mail.NotBefore, line => line.NotBefore, mail => mail.Id, line => line.Id).Reverse()];

    public static void Map(RouteGroupBuilder api)
    {
        var mails = api.MapGroup("/mails").WithTags("Mail").RequirePerson();
        mails.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists outgoing mail, for administrators.").Produces<ListAnswer<Line>>();
        mails.MapPost("/{mail:guid}/retry", RetryAsync).WithSummary("Tries a mail again that was given up.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync([AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, CurrentUser me, Lists lists, ApiCall call, CancellationToken stop)
    {
        if (!me.MayEverywhere(Permission.Administer)) return call.Refuse(Problem.NotAllowed());
        var found = visible.Outbox;
        if (filter.State is not null)
        {
            if (FilterText.ReadName<OutboxState>(filter.State) is not { } state) return call.Refuse(Problem.On(nameof(filter.State), "filter.unknown", FilterText.NamesOf<OutboxState>()));
            found = found.Where(mail => mail.State == state);
        }

        return call.Answer(await lists.ReadAsync(asked, filter, Orders, found, rows => rows.Select(mail => new Line(
            mail.Id, mail.EventType, mail.State, visible.People.Where(person => person.Id == mail.RecipientPerson).Select(person => person.FullName).FirstOrDefault(), mail.RecipientAddress,
            mail.CreatedAt, mail.NotBefore, mail.SentAt, mail.Attempts, mail.LastError)), stop));
    }

    private static Task<IResult> RetryAsync(Guid mail, ApiCall call) => call.RunAsync(new RetryMail(mail), _ => Task.FromResult<IResult>(TypedResults.NoContent()));
}
