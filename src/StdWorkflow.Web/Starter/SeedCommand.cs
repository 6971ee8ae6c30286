using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.CommandLine;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Starter;

/// <summary>The words <c>seed</c> of the command line.</summary>
internal static class SeedCommand
{
    private const int Most = 1_000_000;

    private const int Step = 1000;

    public static ProgramCommand OnCommandLine()
    {
        var items = new Option<int>("--work-items") { Description = $"How many work items to add, 1 to {Most}.", Required = true, HelpName = "N" };
        var demo = new Option<bool>("--demo") { Description = "Also into a database in which real people work." };
        items.Validators.Add(typed =>
        {
            if (typed.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most))
                typed.AddError($"--work-items takes a whole number from 1 to {Most}.");
        });
        var words = new Command("seed", "Adds invented work items, marked as demo, to try the program out at full size. Stopped, it goes on when asked for the same number again.") { items, demo };
        return new ProgramCommand(words, (run, stop) => RunAsync(run, run.Typed.GetRequiredValue(items), run.Typed.GetValue(demo), stop));
    }

    private static async Task<int> RunAsync(CommandRun run, int wanted, bool insists, CancellationToken stop)
    {
        CultureInfo.CurrentUICulture = Reader.CultureOf(run.Language);
        var texts = run.Services.GetRequiredService<ProblemTexts>();
        var services = run.Services;
        if (!insists && !services.GetRequiredService<IWebHostEnvironment>().IsDevelopment() && await services.GetRequiredService<AppDbContext>().People.AnyAsync(person => !person.IsDemo, stop))
        {
            await SayAsync(Problem.Of("seed.realPeople"));
            return ExitCode.CouldNotRun;
        }

        await services.GetRequiredService<StarterData>().EnsureDemoPeopleAsync(stop);
        var starter = services.GetRequiredService<UseCases>().As(Actor.Starter);
        var (added, comments, deadlines, events, shown) = (0, 0, 0, 0, 0);
        SeedPart? part = null;
        var stopped = false;
        try
        {
            do
            {
                part = (await starter.RunAsync(new SeedWorkItems(wanted, part?.Run), stop)).Value;
                if (added == 0 && part.Before > 0) await SayAsync(Problem.Of("seed.goesOn", part.Before));
                (added, comments, deadlines, events) = (added + part.Items, comments + part.Comments, deadlines + part.Deadlines, events + part.Events);
                if ((part.Before + part.Items) / Step > shown) await SayAsync(Problem.Of("seed.progress", (shown = (part.Before + part.Items) / Step) * Step));
            }
            while (part.Items > 0 && part.Before + part.Items < wanted);
            await TableStatistics.GatherAsync(services.GetRequiredService<AppDbContext>(), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            stopped = true;
            await SayAsync(Problem.Of("seed.stopped"));
        }

        await run.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{added} work items added: {events} events, {deadlines} deadlines, {comments} comments"));
        return stopped ? ExitCode.CouldNotRun : ExitCode.Ok;

        Task SayAsync(Problem problem) => run.Error.WriteLineAsync(texts.Say(problem));
    }
}
