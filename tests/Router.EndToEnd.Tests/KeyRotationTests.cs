using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Keys of an application: where its configuration has them, and when they change.</summary>
public sealed class KeyRotationTests
{
    [Fact]
    public async Task A_registered_class_finds_its_keys_in_the_configuration_and_follows_it()
    {
        await using FakeProviderServer providers = await FakeProviderServer.StartAsync();
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(World.Environment(providers).ToDictionary(one => one.Key, one => (string?)one.Value)).Build();
        await using ServiceProvider services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddFleet().BuildServiceProvider();
        ChatGroup group = services.GetRequiredService<Fleet>().OpenaiOnce;
        DeploymentScript script = providers["openai/gpt-4o-mini"];
        script.Always(Fault.Status(401));

        await Assert.ThrowsAsync<RoutingException>(() => group.AskAsync(Way.Whole));
        Assert.Equal(DeploymentHealth.CoolingDown, group.Status[0].Health);
        script.Always(Fault.None);
        configuration["OPENAI_API_KEY"] = "sk-the-next-one";
        configuration.Reload();
        await group.AskAsync(Way.Whole);

        Assert.Equal(["Bearer " + World.OpenAIKey, "Bearer sk-the-next-one"], script.Requests.Select(request => request.Headers["Authorization"]));
    }
}
