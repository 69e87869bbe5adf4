namespace RouterGen.Runtime.Tests;

public class DeploymentSetTests
{
    [Fact]
    public void It_holds_what_was_added_and_nothing_else()
    {
        DeploymentSet set = default;
        int[] members = [0, 1, 31, 32, 63, 64, 65, 127, 128, 191, 192, 1000];
        foreach (int member in members.Reverse()) set.Add(member);
        foreach (int member in members) set.Add(member);
        for (int i = 0; i < 1200; i++) Assert.Equal(members.Contains(i), set.Contains(i));
    }

    [Fact]
    public void An_empty_one_holds_nothing()
    {
        DeploymentSet set = default;
        for (int i = 0; i < 300; i++) Assert.False(set.Contains(i));
    }

    [Fact]
    public void A_copy_is_a_set_of_its_own()
    {
        DeploymentSet set = default;
        set.Add(3);
        set.Add(70);
        DeploymentSet copy = set;
        copy.Add(4);
        copy.Add(71);
        Assert.False(set.Contains(4));
        Assert.False(set.Contains(71));
        Assert.True(copy.Contains(3) && copy.Contains(70) && copy.Contains(4) && copy.Contains(71));
    }

    [Fact]
    public void Up_to_64_it_allocates_nothing()
    {
        DeploymentSet set = default;
        set.Add(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 64; i++) set.Add(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(set.Contains(63));
    }
}
