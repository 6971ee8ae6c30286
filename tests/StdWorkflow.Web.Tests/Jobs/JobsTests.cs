using System.Net;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Logging;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Records;
using StdWorkflow.Web.Jobs;

namespace StdWorkflow.Web.Tests.Jobs;

public class JobsTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_jobs_page_is_for_administrators()
    {
        Assert.Equal(HttpStatusCode.OK, (await app.As("admin").OpenAsync("/jobs")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync("/jobs")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync("/jobs/recurring")).Status);
        Assert.StartsWith("/account/sign-in", (await app.Visitor().OpenAsync("/jobs")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_jobs_page_may_use_style_attributes()
    {
        using var jobs = await app.As("admin").GetAsync("/jobs");
        using var home = await app.As("admin").GetAsync("/");

        Assert.Contains("style-src-attr 'unsafe-inline'", jobs.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", jobs.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", home.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schedule_replaces_every_recurring_job_that_it_does_not_know()
    {
        // Hangfire keeps one log for the process: that of whichever program started last, and it may have ended.
        LogProvider.SetCurrentLogProvider(new Silence());
        using var storage = new InMemoryStorage();
        var jobs = new RecurringJobManager(storage);
        jobs.AddOrUpdate("left-over", () => Console.WriteLine(), Cron.Daily());

        JobSchedule.Apply(storage, jobs);
        JobSchedule.Apply(storage, jobs);

        using var connection = storage.GetConnection();
        var known = connection.GetRecurringJobs();
        Assert.Equal(JobSchedule.All.Select(job => job.Key).Order(StringComparer.Ordinal), known.Select(job => job.Id).Order(StringComparer.Ordinal));
        Assert.All(known, job => Assert.Equal("Asia/Shanghai", job.TimeZoneId));
        Assert.All(known, job => Assert.NotNull(job.NextExecution));
    }

    [Fact]
    public async Task Old_receipts_are_forgotten_and_young_ones_kept()
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await app.Db(async db =>
        {
            db.CommandReceipts.AddRange(Enumerable.Range(1, ForgetOldReceipts.AtOnce + 1).Select(number => Receipt($"old-{number}", now.AddDays(-ForgetOldReceipts.KeepDays - 1))));
            db.CommandReceipts.Add(Receipt("young", now.AddDays(-ForgetOldReceipts.KeepDays + 1)));
            return await db.SaveChangesAsync();
        });

        await app.RunJobAsync<ForgetReceipts>();

        Assert.Equal(["young"], await app.Db(db => db.CommandReceipts.Where(receipt => receipt.Command == "Test").Select(receipt => receipt.Key).ToListAsync()));
    }

    private sealed class Silence : ILogProvider, ILog
    {
        public ILog GetLogger(string name) => this;

        public bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }

    private static CommandReceipt Receipt(string key, DateTime at) => new() { Key = key, ActorKey = "Person:test", Command = "Test", Result = "1", At = at };
}
