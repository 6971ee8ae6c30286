using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StdWorkflow.Web.Tests;

/// <summary>
/// Keeps what the program logged of warnings and errors. An answer that failed hands it to the test, so that a failed test shows why.
/// </summary>
internal sealed class ProgramLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public ILogger CreateLogger(string categoryName) => new Lines(categoryName, lines);

    public void Dispose()
    {
    }

    /// <summary>The door to the program, which tells the test what went wrong behind it.</summary>
    public HttpMessageHandler Around(HttpMessageHandler door) => new Telling(door, lines);

    private sealed class Telling(HttpMessageHandler door, ConcurrentQueue<string> lines) : DelegatingHandler(door)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode < 500) return answer;

            TestContext.Current.TestOutputHelper?.WriteLine($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode}");
            while (lines.TryDequeue(out var line)) TestContext.Current.TestOutputHelper?.WriteLine(line);
            return answer;
        }
    }

    private sealed class Lines(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
