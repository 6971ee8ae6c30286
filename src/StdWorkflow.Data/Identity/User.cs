using Microsoft.AspNetCore.Identity;

namespace StdWorkflow.Data.Identity;

/// <summary>A login. Names, language and the demo mark stand on the person it belongs to.</summary>
public sealed class User : IdentityUser<Guid>
{
    public User() => Id = Guid.CreateVersion7();

    public Guid PersonId { get; set; }
}
