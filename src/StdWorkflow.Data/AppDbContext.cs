using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Identity;
using StdWorkflow.Data.Mapping;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Data.Providers;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Data;

/// <summary>The database. Options come from <see cref="DataSetup"/>, never from elsewhere.</summary>
public class AppDbContext(
    DbContextOptions options,
    IWhoActs? whoActs = null,
    TimeProvider? clock = null,
    IEnumerable<IEventListener>? listeners = null)
    : IdentityDbContext<User, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<Position> Positions => Set<Position>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Committee> Committees => Set<Committee>();

    public DbSet<ProcessRecord> Processes => Set<ProcessRecord>();

    public DbSet<CalendarYear> CalendarYears => Set<CalendarYear>();

    public DbSet<ReminderRule> ReminderRules => Set<ReminderRule>();

    public DbSet<Deadline> Deadlines => Set<Deadline>();

    public DbSet<WorkItem> WorkItems => Set<WorkItem>();

    public DbSet<Track> Tracks => Set<Track>();

    public DbSet<StageSpan> StageSpans => Set<StageSpan>();

    public DbSet<PlannedStage> PlannedStages => Set<PlannedStage>();

    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();

    public DbSet<StepRequest> StepRequests => Set<StepRequest>();

    public DbSet<Lineage> Lineages => Set<Lineage>();

    public DbSet<Deviation> Deviations => Set<Deviation>();

    public DbSet<ForeignProject> ForeignProjects => Set<ForeignProject>();

    public DbSet<ForeignStageEvent> ForeignStageEvents => Set<ForeignStageEvent>();

    public DbSet<ImportedFile> ImportedFiles => Set<ImportedFile>();

    public DbSet<Consultation> Consultations => Set<Consultation>();

    public DbSet<Submission> Submissions => Set<Submission>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<EventRecord> Events => Set<EventRecord>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<CommandReceipt> CommandReceipts => Set<CommandReceipt>();

    public DbSet<NumberSequence> NumberSequences => Set<NumberSequence>();

    public DbSet<Reminder> Reminders => Set<Reminder>();

    public DbSet<Follower> Followers => Set<Follower>();

    public DbSet<CommitteeAncestor> CommitteeAncestors => Set<CommitteeAncestor>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DatabaseProvider Provider => ProviderChoice.Named(Database.ProviderName);

    /// <summary>
    /// Set by a command that adds thousands of new aggregates: their rows are then written in bulk, with the same history. The context is
    /// of no further use after such a save.
    /// </summary>
    public bool LoadsInBulk { get; set; }

    internal IWhoActs? WhoActs { get; } = whoActs;

    internal TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    /// <summary>Set when a save with events failed: this context no longer agrees with the database.</summary>
    internal bool HistoryFailed { get; set; }

    internal IReadOnlyList<IEventListener> Listeners { get; } = [.. listeners ?? []];

    /// <summary>
    /// Draws the next running number of a kind. It is taken when the command is saved; one that loses the race for it is run again.
    /// </summary>
    public async Task<int> NextAsync(string name, CancellationToken stop = default)
    {
        var sequence = await NumberSequences.FindAsync([name], stop);
        if (sequence is null) NumberSequences.Add(sequence = new NumberSequence { Name = name });
        return sequence.Draw();
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        return LoadsInBulk && BulkInsert.Knows(Provider) ? BulkLoading.SaveAsync(this, Save, cancellationToken) : Save();

        Task<int> Save() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Conventions.Apply(configurationBuilder, Provider);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        if (builder.Model.FindEntityType(typeof(IdentityUserPasskey<Guid>)) is null)
            throw new InvalidOperationException($"Identity's schema version was not set; use {nameof(DataSetup)}.{nameof(DataSetup.IdentityStores)}.");
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
    }
}
