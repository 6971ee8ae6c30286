using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Starter;

/// <summary>
/// Fills a fresh database from the files beside it. Every step is one command and adds only what is missing, so it may be killed at
/// any moment, and goes on at the next start.
/// </summary>
internal sealed partial class StarterData(
    AppDbContext db, UseCases useCases, StarterFiles files, IWebHostEnvironment environment, IConfiguration configuration, ILogger<StarterData> log)
{
    private const string SecretariatStaff = "secretariat-staff";

    private readonly UseCases starter = useCases.As(Actor.Starter);

    public async Task EnsureAsync(CancellationToken stop)
    {
        await LoadAsync(new LoadOrganizations(await files.ReadAsync<IReadOnlyList<OrganizationEntry>>("organizations.json", stop)), stop);
        await LoadAsync(new LoadPositions(await files.ReadAsync<IReadOnlyList<PositionEntry>>("positions.json", stop)), stop);
        await LoadAsync(new LoadProcesses(await files.ReadTextsAsync("processes", stop)), stop);
        await LoadAsync(new LoadCalendars(await files.ReadAllAsync<CalendarEntry>("calendar", stop)), stop);
        await LoadAsync(new LoadReminderRules(await files.ReadAsync<IReadOnlyList<ReminderRuleEntry>>("reminder-rules.json", stop)), stop);
        await LoadAsync(new LoadCommittees(await files.ReadAsync<IReadOnlyList<CommitteeEntry>>("committees.json", stop)), stop);

        var seen = await db.ImportedFiles.Select(file => file.Kind).ToListAsync(stop);
        if (!seen.Contains(ImportForeignProjects.Kind)) await ImportAsync(ImportKinds.Deliverables, "iso-deliverables.asof_2024-09-30.jsonl", stop);
        if (!seen.Contains(ImportStageEvents.Kind)) await ImportAsync(ImportKinds.StageEvents, "iso-stage-events.csv", stop);
        if (!seen.Contains(ImportPlans.Kind)) await ImportAsync(ImportPlans.Import, "gb-plans.csv", stop);

        if (environment.IsDevelopment() && configuration[DemoPeople.PasswordSetting] is { Length: > 0 } password) await LoadDemoAsync(password, stop);
        if (seen.Count == 0) await TableStatistics.GatherAsync(db, stop);
    }

    /// <summary>Adds the invented people and their organisations where they are missing. Nobody can sign in as one of them.</summary>
    public Task EnsureDemoPeopleAsync(CancellationToken stop) => LoadDemoPeopleAsync(null, stop);

    private async Task<DemoEntry> LoadDemoPeopleAsync(string? password, CancellationToken stop)
    {
        var demo = await files.ReadAsync<DemoEntry>("demo.json", stop);
        await LoadAsync(new LoadOrganizations(demo.Organizations), stop);
        await LoadAsync(new LoadDemoPeople(demo.People, password), stop);
        return demo;
    }

    private async Task LoadDemoAsync(string password, CancellationToken stop)
    {
        var demo = await LoadDemoPeopleAsync(password, stop);
        var staff = demo.People.SelectMany(person => person.Memberships, (person, held) => (person.Email, held.Committee, held.Position))
            .Where(held => held is { Position: SecretariatStaff, Committee: not null })
            .DistinctBy(held => held.Committee)
            .ToDictionary(held => held.Committee!, held => held.Email);
        await LoadAsync(new LoadDemoWorkItems(demo.DemoWorkItems, staff), stop);
    }

    private async Task LoadAsync(LoadStarter step, CancellationToken stop)
    {
        var result = await starter.RunAsync(step, stop);

        // Another process may be filling the same database. What it was quicker with is found at the second look, and left alone.
        if (!result.IsOk) result = await starter.RunAsync(step, stop);
        if (!result.IsOk) throw new InvalidDataException($"{step.GetType().Name}: {string.Join(", ", result.Problems)}");
        if (result.Value > 0) Loaded(step.GetType().Name, result.Value);
    }

    /// <summary>As one command, because the file counts as seen as soon as a part of it was saved.</summary>
    private async Task ImportAsync<TRow>(ImportKind<TRow> kind, string name, CancellationToken stop)
    {
        var sum = await new ImportRun(starter, new Strict(name)).RunAsync(kind, files.File(name), null, int.MaxValue, stop);
        if (sum.CutOff is { } cutOff) throw new InvalidDataException($"{name} could not be read to its end.", cutOff);
        Loaded(name, sum.New);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Starter data: {Step}: {Count}")]
    private partial void Loaded(string step, int count);

    /// <summary>The product's own files hold no row that is refused.</summary>
    private sealed class Strict(string name) : IImportReport
    {
        public void Progress(int read)
        {
        }

        public void Refused(RefusedRow row) => throw new InvalidDataException($"{name}, line {row.Line}: {string.Join(", ", row.Problems)}");

        public void OldNews(DateOnly file, DateOnly newer)
        {
        }
    }
}
