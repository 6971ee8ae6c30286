using MediatR;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Pipeline;

/// <summary>
/// The one door for writes. Every command runs in a scope of its own, so that what a page has read and what a refused command
/// has touched never meet; a command that loses a race runs again, in a fresh scope.
/// </summary>
public sealed class UseCases
{
    private const int Attempts = 5;

    private readonly IServiceScopeFactory scopes;
    private readonly CurrentUser me;
    private readonly CommandForm form;

    internal UseCases(IServiceScopeFactory scopes, CurrentUser me, CommandForm form) => (this.scopes, this.me, this.form) = (scopes, me, form);

    /// <summary>The same door for somebody who is not a person: a job, an import, the starter. They may do everything.</summary>
    public UseCases As(Actor actor) => new(scopes, CurrentUser.System(actor), new CommandForm());

    /// <summary>Carries out one command, in one transaction.</summary>
    public async Task<Result<T>> RunAsync<T>(ICommand<T> command, CancellationToken stop = default)
    {
        if (form.IsUnreadable) return Problem.Of("form.unreadable");

        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var asker = services.GetRequiredService<CurrentUser>();
            if (attempt == 1) asker.BecomeAs(me);
            else await asker.ReloadAsAsync(me, stop);
            services.GetRequiredService<Acting>().Begin(asker.Actor, command.GetType().Name, inCommand: true);
            var carried = services.GetRequiredService<CommandForm>();
            (carried.Key, carried.IsOneRequest) = (form.Key, form.IsOneRequest);

            try
            {
                return await services.GetRequiredService<IMediator>().Send(command, stop);
            }
            catch (Exception lost) when (attempt < Attempts && DatabaseErrors.IsLostRace(lost))
            {
                await Task.Delay(Random.Shared.Next(5, 20 * attempt), stop);
            }
        }
    }

    /// <summary>
    /// Carries out several commands, each in its own transaction. One that fails leaves the others alone; at the end what failed is thrown
    /// together, so that nothing is swallowed.
    /// </summary>
    public async Task RunEachAsync<T>(IEnumerable<ICommand<T>> commands, CancellationToken stop = default)
    {
        var failures = new List<Exception>();
        foreach (var command in commands)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                var result = await RunAsync(command, stop);
                if (!result.IsOk) failures.Add(new InvalidOperationException($"{command} was refused: {string.Join(", ", result.Problems.Select(problem => problem.Code))}."));
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                failures.Add(new InvalidOperationException($"{command} failed.", failure));
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }
}
