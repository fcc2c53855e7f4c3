using Microsoft.Extensions.Logging;

namespace Braid.Server;

/// <summary>One line per event on standard error: time, level, category, message; then an exception, if any.</summary>
internal sealed class StandardErrorLog(TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, clock);

    public void Dispose() { }

    private sealed class Category(string name, TimeProvider clock) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                var line = $"{clock.GetUtcNow():O} {logLevel} {name}: {formatter(state, exception)}";
                Console.Error.WriteLine(exception is null ? line : $"{line}\n{exception}");
            }
        }
    }
}
