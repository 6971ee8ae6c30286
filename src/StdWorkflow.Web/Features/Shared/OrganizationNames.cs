using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Web.Features.Shared;

/// <summary>Finds organisations by the names that people type into forms; a name that is not known yet becomes one.</summary>
internal sealed class OrganizationNames(AppDbContext db)
{
    /// <summary>The organisation of that name in either language, or null for a blank.</summary>
    public async Task<Guid?> FindOrAddAsync(string? name, bool isDemo, CancellationToken stop) =>
        string.IsNullOrWhiteSpace(name) ? null : (await FindOrAddAsync([name.Trim()], isDemo, stop))[0];

    /// <summary>The organisations of these names, in their order.</summary>
    public async Task<IReadOnlyList<Guid>> FindOrAddAsync(IReadOnlyList<string> names, bool isDemo, CancellationToken stop)
    {
        var known = await db.Organizations.Where(organization => names.Contains(organization.Name.Zh!) || names.Contains(organization.Name.En!)).ToListAsync(stop);
        return [.. names.Select(name => (known.Find(organization => organization.Name.Zh == name || organization.Name.En == name) ?? Add(name)).Id)];

        Organization Add(string name)
        {
            var text = name.Any(letter => letter >= 0x2E80) ? new LocalizedText(name, null) : new LocalizedText(null, name);
            // The slug must be the same for the same name, whoever types it and on which node.
            var code = "org-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
            var organization = Organization.Add(code, text, null, isDemo).Value;
            db.Organizations.Add(organization);
            known.Add(organization);
            return organization;
        }
    }
}
