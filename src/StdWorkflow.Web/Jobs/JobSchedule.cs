using System.Linq.Expressions;
using Hangfire;
using Hangfire.Storage;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.Reminders;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Jobs;

/// <summary>The one table of jobs.</summary>
internal static class JobSchedule
{
    // In the zone of national committees: a new day begins there, not at midnight UTC.
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(Instants.China);

    public static readonly IReadOnlyList<ScheduledJob> All =
    [
        Every<SendMail>("send-mail", "*/10 * * * * *", job => job.RunAsync(CancellationToken.None)),
        Every<CloseConsultations>("close-consultations", "*/5 * * * *", job => job.RunAsync(CancellationToken.None)),
        Every<SendReminders>("send-reminders", "2 * * * *", job => job.RunAsync(CancellationToken.None)),
        Every<RemindOfRequests>("remind-of-requests", "7 * * * *", job => job.RunAsync(CancellationToken.None)),
        Every<ForgetReceipts>("forget-receipts", "40 3 * * *", job => job.RunAsync(CancellationToken.None)),
    ];

    /// <summary>Makes the table what recurs: what it does not know is forgotten, what it knows runs once now and then by the clock.</summary>
    public static void Apply(JobStorage storage, IRecurringJobManager jobs)
    {
        using (var connection = storage.GetConnection())
            foreach (var unknown in connection.GetRecurringJobs().Select(job => job.Id).Except(All.Select(job => job.Key)))
                jobs.RemoveIfExists(unknown);

        foreach (var job in All)
        {
            job.Register(jobs);
            // Its time may have passed while nothing ran.
            jobs.Trigger(job.Key);
        }
    }

    // Hangfire passes the real token.
    private static ScheduledJob Every<TJob>(string key, string cron, Expression<Func<TJob, Task>> run) where TJob : class, IJob =>
        new(key, typeof(TJob), cron, jobs => jobs.AddOrUpdate(key, run, cron, new RecurringJobOptions { TimeZone = Zone }));
}

/// <summary>A line of the table.</summary>
/// <param name="Key">Name of the job; the history calls it so.</param>
/// <param name="Job">Its class.</param>
/// <param name="Cron">When, in Hangfire's words; six parts begin with seconds.</param>
/// <param name="Register">Tells Hangfire about it.</param>
internal sealed record ScheduledJob(string Key, Type Job, string Cron, Action<IRecurringJobManager> Register);
