using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>What a model can do and how much, as code at run time reads it.</summary>
public class ModelLimitsTests
{
    [Theory]
    [InlineData(400_000, 272_000, 272_000)]
    [InlineData(200_000, null, 200_000)]
    [InlineData(null, 272_000, 272_000)]
    [InlineData(100_000, 272_000, 100_000)] // Stated by hand: a prompt does not exceed the window.
    [InlineData(null, null, null)]
    public void A_prompt_is_bounded_by_the_input_limit_and_the_window(int? window, int? input, int? longest) =>
        Assert.Equal(longest, new ModelLimits(window, input, OutputLimit: 1).LongestPrompt);

    [Fact]
    public void A_deployment_tells_what_its_model_can_do_and_how_much()
    {
        RouterContext context = Subjects.Context();
        var definition = new DeploymentDefinition
        {
            Name = "one",
            Provider = "provider",
            Model = "model",
            Endpoint = "https://provider.example/v1",
            Codec = new Subjects.SilentCodec(ModelCapabilities.Tools | ModelCapabilities.Vision),
            ModelLimits = new(ContextWindow: 400_000, InputLimit: 272_000, OutputLimit: 128_000),
        };

        Deployment deployment = Subjects.Deployments(context, definition, Subjects.Definition("unknown"))[0];

        Assert.Equal(ModelCapabilities.Tools | ModelCapabilities.Vision, deployment.Capabilities);
        Assert.Equal((400_000, 272_000, 128_000), (deployment.ModelLimits.ContextWindow, deployment.ModelLimits.InputLimit, deployment.ModelLimits.OutputLimit));
    }

    [Fact]
    public void Of_a_model_that_is_not_known_nothing_is_said()
    {
        Deployment deployment = Subjects.Deployments(Subjects.Context(), Subjects.Definition())[0];

        Assert.Equal(ModelCapabilities.None, deployment.Capabilities);
        Assert.Equal(default, deployment.ModelLimits);
    }
}
