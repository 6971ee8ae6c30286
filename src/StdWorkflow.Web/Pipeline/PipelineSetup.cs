using MediatR;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Pipeline;

internal static class PipelineSetup
{
    public static void AddPipeline(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<Acting>();
        services.AddScoped<IWhoActs>(provider => provider.GetRequiredService<Acting>());
        services.AddScoped<CommandForm>();
        services.AddScoped<CommandSubject>();
        services.AddScoped(provider => new UseCases(
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<CurrentUser>(), provider.GetRequiredService<CommandForm>()));
        services.AddScoped<IMediator>(provider => new Mediator(provider.GetService!));

        foreach (var (handler, command, value) in Handlers())
        {
            var result = typeof(Result<>).MakeGenericType(value);
            services.AddScoped(typeof(IRequestHandler<,>).MakeGenericType(command, result), handler);

            // The order here is the order in which they stand around the handler.
            foreach (var behaviour in new[] { typeof(Validate<,>), typeof(Authorize<,>), typeof(Save<,>) })
                services.AddScoped(typeof(IPipelineBehavior<,>).MakeGenericType(command, result), behaviour.MakeGenericType(command, value));
        }
    }

    /// <summary>Every handler of the program with its command and the type of its answer.</summary>
    public static IEnumerable<(Type Handler, Type Command, Type Value)> Handlers() =>
        from type in typeof(PipelineSetup).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICommandHandler<,>)
        select (type, contract.GenericTypeArguments[0], contract.GenericTypeArguments[1]);
}
