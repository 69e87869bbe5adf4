using Microsoft.Extensions.DependencyInjection;

namespace RouterGen;

/// <summary>Gives each router of the application the transport of the host, unless it has one.</summary>
internal sealed class HostingSetup(RouterHostingOptions hosting, IServiceProvider services) : IRouterOptionsSetup
{
    public void Configure(RouterOptions options)
    {
        if (hosting.UseHttpClientFactory) options.Transport ??= services.GetRequiredService<FactoryInvoker>();
    }
}
