using Microsoft.Extensions.Configuration;

namespace RouterGen.Runtime.Tests;

/// <summary>Configuration that a test replaces as a whole.</summary>
internal sealed class ReloadableSource : ConfigurationProvider, IConfigurationSource
{
    public bool Fails { get; set; }

    public IConfiguration ToConfiguration() => new ConfigurationBuilder().Add(this).Build();

    public void Reload(params (string Key, string Value)[] values)
    {
        Data = values.ToDictionary(value => value.Key, value => (string?)value.Value, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }

    public void Signal() => OnReload();

    public override bool TryGet(string key, out string? value) => Fails ? throw new IOException("the source's fault") : base.TryGet(key, out value);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
