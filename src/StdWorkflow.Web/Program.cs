using StdWorkflow.Web.Api;
using StdWorkflow.Web.CommandLine;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Features;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;
using StdWorkflow.Web.Starter;

return await CommandLineTable.RunAsync(args, Build, ServeAsync);

static WebApplication Build(string[] settings)
{
    var builder = WebApplication.CreateBuilder(ContentRoot.OptionsFor(settings));

    builder.AddClock();
    builder.AddData();
    builder.AddPipeline();
    builder.AddSecurity();
    builder.AddAccounts();
    builder.AddTexts();
    builder.AddMail();
    builder.AddJobs();
    builder.AddPages();
    builder.AddApi();
    builder.AddExports();
    builder.AddFeatures();
    builder.AddHealth();

    return builder.Build();
}

static async Task<int> ServeAsync(WebApplication app)
{
    app.UseProxy();
    app.UseSecurityHeaders();
    app.UseResponseCompression();
    app.UseStaticFiles();
    app.UseErrorPages();
    app.UseApiErrors();
    app.UseRouting();
    app.UseRateLimiter();
    app.UseSecurity();
    app.UseTexts();
    app.UseApiRefusals();
    app.UseOutputCache();

    app.MapHealth();
    app.MapLanguage();
    app.MapPages();
    app.MapApi();
    app.MapExports();
    app.MapFeeds();

    await app.StartDatabaseAsync();
    await app.AnnounceFirstAdministratorAsync();
    app.UseJobs();
    await app.RunAsync();
    return 0;
}
