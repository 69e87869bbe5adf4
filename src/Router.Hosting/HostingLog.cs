using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>All that this package logs. No entry holds a key, a header or a value of configuration.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(101, LogLevel.Warning, "The HTTP client {Client} had handlers that retry, which would multiply the attempts of RouterGen; they were removed for this client alone: {Handlers}")]
    public static partial void ResilienceRemoved(ILogger logger, string client, string handlers);

    [LoggerMessage(102, LogLevel.Warning, "The HTTP client {Client} has handlers that retry, which multiply the attempts of RouterGen (KeepResilienceHandlers is set): {Handlers}")]
    public static partial void ResilienceKept(ILogger logger, string client, string handlers);

    [LoggerMessage(103, LogLevel.Warning, "{Path}: {Reason}")]
    public static partial void Lacking(ILogger logger, string path, string reason);

    [LoggerMessage(104, LogLevel.Error, "{Path}: {Reason}")]
    public static partial void Mistaken(ILogger logger, string path, string reason);

    [LoggerMessage(105, LogLevel.Error, "The configuration file {File} could not be loaded, and what held before still does: {Reason}")]
    public static partial void FileNotLoaded(ILogger logger, string file, string reason);

    [LoggerMessage(106, LogLevel.Warning, "AddRouterGenHosting was called, and no model group is registered: call AddModels() of the class that declares them, too")]
    public static partial void NoGroups(ILogger logger);
}
