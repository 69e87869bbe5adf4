using RouterGen.FakeProviders;

namespace RouterGen.Tool.Tests.Doctor;

/// <summary>The tool beside providers on loopback, whose clock is the tool's.</summary>
public abstract class DoctorRun : IAsyncLifetime
{
    protected const string Key = "sk-proj-a1b2c3d4e5f6a7b8c9d0e1f2a3b4";

    private protected ToolRun Tool { get; } = new();

    /// <summary>The providers; a test may start others in their place.</summary>
    protected FakeProviderServer Server { get; set; } = null!;

    /// <summary>The access keys of AWS that the providers know.</summary>
    protected virtual IReadOnlyDictionary<string, FakeAwsKey> AwsKeys { get; } = new Dictionary<string, FakeAwsKey>();

    public async ValueTask InitializeAsync()
    {
        Server = await FakeProviderServer.StartAsync(new FakeProviderOptions { TimeProvider = Tool.Time, AwsKeys = AwsKeys }, TestContext.Current.CancellationToken);
        Tool.Variables["SHOP_KEY"] = Key;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Tool.Dispose();
        GC.SuppressFinalize(this);
    }
}
