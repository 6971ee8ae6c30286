using StdWorkflow.Data;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Mail;

/// <summary>
/// The mail that an event causes. One class per event, beside its use case. The words are made when it is sent, in the
/// language of whoever receives it, so texts are taken from resources as on a page.
/// </summary>
public interface IMailFor<in TEvent> where TEvent : DomainEvent
{
    /// <summary>Keys of the persons who get it. Runs in the transaction of the command; who has no address is left out.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="subject">Key of the aggregate that raised it.</param>
    /// <param name="db">The context of the command.</param>
    IQueryable<Guid> Recipients(TEvent happened, Guid subject, AppDbContext db);

    /// <summary>The words, or null when there is nothing left to say: then the mail is withdrawn.</summary>
    Task<Letter?> WriteAsync(TEvent happened, Guid subject, Addressee to, CancellationToken stop);
}

/// <summary>
/// The mail of a notice: something that has no history (a reminder, a link to reset a password), put into the outbox by
/// <see cref="Outgoing"/> together with what writing it needs.
/// </summary>
public interface IMailOf<in TNotice>
{
    /// <summary>The words, or null when there is nothing left to say: then the mail is withdrawn.</summary>
    Task<Letter?> WriteAsync(TNotice notice, Addressee to, CancellationToken stop);
}

/// <summary>Who receives a mail.</summary>
/// <param name="Person">The person, or null for an address without one.</param>
/// <param name="Name">The person's full name, or null.</param>
/// <param name="Address">Mail address.</param>
/// <param name="Language">Language of the mail.</param>
public sealed record Addressee(Guid? Person, string? Name, string Address, Language Language);

/// <summary>What a mail says.</summary>
/// <param name="Subject">Subject, one line.</param>
/// <param name="Cause">Why this mail was sent to this person, as a sentence. Every mail says so.</param>
/// <param name="Paragraphs">The text.</param>
public sealed record Letter(string Subject, string Cause, params IReadOnlyList<string> Paragraphs)
{
    /// <summary>Path of the page on which to go on, beginning with a slash; the mail shows the whole address.</summary>
    public string? Path { get; init; }

    /// <summary>Path of the page on which the person ends what sends them such mail; null when they cannot.</summary>
    public string? Stop { get; init; }
}
