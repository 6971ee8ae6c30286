using Microsoft.Extensions.Options;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Outbox;

namespace StdWorkflow.Web.Mail;

internal static class MailSetup
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MailSettings>().Bind(builder.Configuration.GetSection("Mail"));
        services.AddSingleton<MailTable>();
        foreach (var (writer, contract) in MailTable.Writers()) services.AddScoped(contract, writer);

        services.AddScoped<IEventListener, MailOfEvents>();
        services.AddScoped<Outgoing>();
        services.AddScoped<OutboxStore>();
        services.AddScoped<Composer>();
        services.AddSingleton<MailFolder>();
        services.AddSingleton<MailLinks>();
        services.AddSingleton<SmtpTransport>();
        services.AddSingleton<FolderTransport>();
        services.AddSingleton<IMailTransport>(provider => string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<MailSettings>>().Value.Smtp.Host)
            ? provider.GetRequiredService<FolderTransport>()
            : provider.GetRequiredService<SmtpTransport>());
    }
}
