using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Arguments;

/// <summary>What one declaration states, without regard to where: an attribute's arguments or a JSON object's properties.</summary>
/// <param name="Declaration">Which of the class's declarations has it; <see cref="InFile"/> where none does.</param>
/// <param name="Values">What is stated, by property.</param>
internal sealed record ArgumentsSnapshot(int Declaration, EquatableArray<StatedValue> Values)
{
    /// <summary>The <see cref="Declaration"/> of what a file declares.</summary>
    public const int InFile = -1;
}

/// <summary>A property that was stated.</summary>
/// <param name="Property">Its name in C#.</param>
/// <param name="Value">A <see cref="string"/>, <see cref="int"/>, <see cref="double"/>, <see cref="bool"/> or <c>EquatableArray&lt;string?&gt;</c>.</param>
internal sealed record StatedValue(string Property, object Value);

/// <summary>What one source declares for a class: its attributes in code, or a file.</summary>
internal sealed record DeclarationsSnapshot(
    EquatableArray<ArgumentsSnapshot> Groups,
    EquatableArray<ArgumentsSnapshot> Deployments,
    EquatableArray<ArgumentsSnapshot> Providers);
