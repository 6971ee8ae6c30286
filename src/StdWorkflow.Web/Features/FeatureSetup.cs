using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using StdWorkflow.Web.Features.Cockpit;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.Following;
using StdWorkflow.Web.Features.History;
using StdWorkflow.Web.Features.Journeys;
using StdWorkflow.Web.Features.Plans;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features;

/// <summary>What features need besides pages and handlers.</summary>
internal static class FeatureSetup
{
    public static void AddFeatures(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ProcessCatalog>();
        services.AddScoped<WorkItemLoading>();
        services.AddScoped<StageConsultations>();
        services.AddScoped<AdoptingItem>();
        services.AddScoped<CockpitReader>();
        services.AddScoped<PlanReader>();
        services.AddScoped<UndoableStep>();
        services.AddScoped<FollowersOf>();
        services.AddScoped<JourneyReader>();
        services.AddScoped<StepEffectsReader>();
        services.AddScoped<AdvanceWorkItemHandler>();
        services.AddScoped<StepRequests>();
        services.AddScoped<WorkItemApi.WorkItemResource>();
        services.AddScoped<CommitteeApi.CommitteeResource>();
        services.AddScoped<OrganizationNames>();
        services.AddScoped<ConsultedWorkItem>();
        services.AddScoped(provider => new PastReader(
            provider.GetRequiredService<Visible>(), provider.GetRequiredService<ProcessCatalog>(), provider.GetRequiredService<AllTexts>(),
            provider.GetRequiredService<IStringLocalizer<HistoryTexts>>(), provider.GetRequiredService<HtmlEncoder>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new TrackWarnings(provider.GetRequiredService<Visible>(), provider.GetRequiredService<ProcessCatalog>(), provider.GetRequiredService<ProblemTexts>()));
        services.AddScoped(provider => new TimelineReader(
            provider.GetRequiredService<Visible>(), provider.GetRequiredService<AllTexts>(), provider.GetRequiredService<HtmlEncoder>()));
    }
}
