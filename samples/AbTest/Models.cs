using RouterGen;

namespace AbTest;

/// <summary>Weights make shares exact: of 600 calls, each deployment gets half, give or take one.</summary>
[ModelGroup("support")]
[Deployment("openai/gpt-6-luna", Name = Champion, Weight = 0.5)]
[Deployment("anthropic/claude-haiku-5-5", Name = Challenger, Weight = 0.5)]
internal sealed partial class Models
{
    public const string Champion = "champion";
    public const string Challenger = "challenger";
}
