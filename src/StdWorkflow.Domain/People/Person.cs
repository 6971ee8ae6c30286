using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.People;

/// <summary>A human being, with or without a login. One full-name field, never split.</summary>
public sealed class Person : Aggregate, IDemoMarked
{
    private Person() { }

    /// <summary>The whole name as the person writes it.</summary>
    public string FullName { get; private set; } = "";

    /// <summary>Reading, for example pinyin; optional, used for sorting.</summary>
    public string? Reading { get; private set; }

    /// <summary>Mail address, or null.</summary>
    public string? Email { get; private set; }

    /// <summary>The address in upper case (invariant), for looking up; null when there is none.</summary>
    public string? NormalizedEmail { get; private set; }

    /// <summary>Language of pages and mail; null means the browser's.</summary>
    public Language? Language { get; private set; }

    /// <summary>The organisation the person works for, or null.</summary>
    public Guid? OrganizationId { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>Adds a person; refuses an empty name.</summary>
    public static Result<Person> Add(string fullName, string? reading, string? email, Language? language, Guid? organization, bool isDemo)
    {
        if (string.IsNullOrWhiteSpace(fullName)) return Problem.On(nameof(FullName), "person.nameMissing");
        var person = new Person
        {
            FullName = fullName.Trim(),
            Reading = Trim(reading),
            Email = Trim(email),
            NormalizedEmail = Trim(email)?.ToUpperInvariant(),
            Language = language,
            OrganizationId = organization,
            IsDemo = isDemo,
        };
        person.Raise(new PersonAdded(person.FullName));
        return person;
    }

    /// <summary>Sets the language of pages and mail.</summary>
    public void Speak(Language language)
    {
        if (Language == language) return;
        Language = language;
        Raise(new LanguageChosen(language));
    }

    /// <summary>Changes the name, its reading and the organisation.</summary>
    public Result<Person> Describe(string fullName, string? reading, Guid? organization)
    {
        if (string.IsNullOrWhiteSpace(fullName)) return Problem.On(nameof(FullName), "person.nameMissing");
        if (FullName == fullName.Trim() && Reading == Trim(reading) && OrganizationId == organization) return this;
        (FullName, Reading, OrganizationId) = (fullName.Trim(), Trim(reading), organization);
        Raise(new PersonDescribed());
        return this;
    }

    /// <summary>Changes the mail address, after it was confirmed.</summary>
    public void MoveTo(string email)
    {
        if (Email == email.Trim()) return;
        (Email, NormalizedEmail) = (email.Trim(), email.Trim().ToUpperInvariant());
        Raise(new EmailChanged());
    }

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A person became known.</summary>
public sealed record PersonAdded(string FullName) : DomainEvent;

/// <summary>A person's name, reading or organisation changed.</summary>
public sealed record PersonDescribed : DomainEvent;

/// <summary>A person chose a language.</summary>
public sealed record LanguageChosen(Language Language) : DomainEvent;
