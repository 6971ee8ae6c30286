using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace StdWorkflow.Web.Mail;

/// <summary>What the links in mails begin with.</summary>
public sealed class MailLinks(IOptions<MailSettings> settings, IServer server)
{
    /// <summary>Scheme, host and port, without a slash at the end. Nothing a request says: whoever sends one could point the links elsewhere.</summary>
    public string Base => (settings.Value.LinkBase is { Length: > 0 } given ? given : Listening()).TrimEnd('/');

    private string Listening()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        var any = new[] { "//0.0.0.0", "//[::]", "//127.0.0.1", "//+", "//*" }.FirstOrDefault(host => address.Contains(host, StringComparison.Ordinal));
        return any is null ? address : address.Replace(any, "//localhost", StringComparison.Ordinal);
    }
}
