using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>
/// Removes handlers that retry from the client that requests go through. A filter sees the handlers last: those of all clients
/// (<c>ConfigureHttpClientDefaults</c>) and those that were added to this one.
/// </summary>
internal sealed class ResilienceFilter(RouterHostingOptions hosting, ILogger<ResilienceFilter> logger) : IHttpMessageHandlerBuilderFilter
{
    // By name, for neither package is referenced: that of AddStandardResilienceHandler and AddResilienceHandler, and that of AddPolicyHandler.
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Microsoft.Extensions.Http.Resilience.ResilienceHandler",
        "Microsoft.Extensions.Http.PolicyHttpMessageHandler",
    };

    private int _isLogged;

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.Name == hosting.HttpClientName) Remove(builder.AdditionalHandlers);
    };

    private void Remove(IList<DelegatingHandler> handlers)
    {
        string[] found = [.. handlers.Where(IsResilience).Select(static handler => handler.GetType().Name).Distinct()];
        if (found.Length == 0) return;
        if (!hosting.KeepResilienceHandlers)
        {
            for (int at = handlers.Count - 1; at >= 0; at--)
            {
                if (IsResilience(handlers[at])) handlers.RemoveAt(at);
            }
        }

        if (Interlocked.Exchange(ref _isLogged, 1) != 0) return;
        string names = string.Join(", ", found);
        if (hosting.KeepResilienceHandlers) HostingLog.ResilienceKept(logger, hosting.HttpClientName, names);
        else HostingLog.ResilienceRemoved(logger, hosting.HttpClientName, names);
    }

    private static bool IsResilience(DelegatingHandler handler)
    {
        for (Type? type = handler.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName is { } name && Names.Contains(name)) return true;
        }

        return false;
    }
}
