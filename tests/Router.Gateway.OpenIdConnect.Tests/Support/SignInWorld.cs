using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.OpenIdConnect.Tests.Support;

/// <summary>A gateway whose page people sign in to, a provider of identities, and a browser.</summary>
internal sealed class SignInWorld : IAsyncDisposable
{
    public const string Master = "sk-master-of-this-test";
    public const string PageAddress = "https://ops.example/gateway/ui";

    /// <summary>The name of the session's cookie.</summary>
    public const string Session = "__Secure-routergen";

    private SignInWorld(World gateway, IdentityProvider provider, FakeTimeProvider time)
    {
        Gateway = gateway;
        Provider = provider;
        Time = time;
        Browser = NewBrowser();
    }

    public World Gateway { get; }

    public IdentityProvider Provider { get; }

    public FakeTimeProvider Time { get; }

    public Browser Browser { get; }

    public static async Task<SignInWorld> StartAsync(Func<IdentityProvider, OpenIdConnectSignInOptions>? configure = null, IdentityProvider? provider = null)
    {
        provider ??= await IdentityProvider.StartAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        return new SignInWorld(await GatewayAsync((configure ?? (one => Options(one, time)))(provider)), provider, time);
    }

    public static OpenIdConnectSignInOptions Options(IdentityProvider provider, TimeProvider? time = null, string? keyFolder = null, string roleClaim = "groups", string pageAddress = PageAddress) => new()
    {
        Authority = provider.Address,
        ClientId = IdentityProvider.ClientId,
        ClientSecret = IdentityProvider.Secret,
        PageAddress = pageAddress,
        RoleClaim = roleClaim,
        AdminValues = ["gateway-admins", "ada@example.com"],
        ViewerValues = ["gateway-viewers"],
        KeyFolder = keyFolder,
        Time = time,
    };

    /// <summary>Starts a gateway.</summary>
    public static Task<World> GatewayAsync(OpenIdConnectSignInOptions options)
    {
        var gateway = new GatewayOptions { MasterKey = Master, Page = new PageOptions() };
        return World.StartAsync(new HeldUpstream { InputTokens = 1000 }, gateway, builder => builder.Services.AddRouterGenOpenIdConnect(options), (app, models) => app.MapRouterGenManagement(models, gateway));
    }

    public Browser NewBrowser() => new(Gateway.Http.BaseAddress!, PageAddress);

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
