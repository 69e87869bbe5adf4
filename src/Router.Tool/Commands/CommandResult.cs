using Spectre.Console.Rendering;

namespace RouterGen.Tool.Commands;

/// <summary>What a command found.</summary>
/// <param name="ExitCode">See <see cref="ExitCodes"/>.</param>
/// <param name="Json">The same for programs: what <c>--json</c> prints.</param>
/// <param name="View">The same for people.</param>
internal sealed record CommandResult(int ExitCode, object Json, IRenderable View);
