/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Breaks one promise after another, and sees that the contract notices: each mutant is killed by the tests that are meant to. */
class PlantedMutantsTest {

    @Test
    void aDetectorThatKeepsItsPromisesPasses() {
        assertThat(failuresOf(Mutants.Honest.Contract.class)).isEmpty();
    }

    @Test
    void aClockReadIsFoundByName() {
        assertThat(failuresOf(Mutants.ClockReader.Contract.class)).contains("p09_readsNoClockAndNoUnseededRandomness");
        assertThat(Clocks.readBy(Mutants.ClockReader.class))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("Mutants$ClockReader: java/lang/System.currentTimeMillis()J");
    }

    @Test
    void aClockReadIsToldWithTheWayToIt() {
        assertThat(Clocks.readBy(Mutants.ClockReader.Contract.class))
                .anySatisfy(found -> assertThat(found)
                        .contains("Mutants$ClockReader$Contract -> ")
                        .endsWith("Mutants$ClockReader: java/lang/System.currentTimeMillis()J"));
    }

    @Test
    void aLibraryThatIsNotAskedForTheTimeMayKnowIt() {
        assertThat(failuresOf(FirstMistakes.Borrower.Contract.class)).isEmpty();
    }

    @Test
    void aFactoryThatNoServicesFileNamesIsFound() {
        assertThat(failuresOf(FirstMistakes.Unnamed.Contract.class)).containsExactly("p08_canBeMadeByTheServiceLoader");
    }

    @Test
    void aKindOutsideOfTheAlphabetIsFound() {
        assertThat(failuresOf(FirstMistakes.Shouter.Contract.class))
                .contains("p13_scoresAreFiniteForEmptyAndExtremeInput");
    }

    @Test
    void aBaselineThatALongSilenceEmptiesIsFound() {
        assertThat(failuresOf(FirstMistakes.Optimist.Contract.class)).contains("p11_sameInputSameJudgements");
    }

    @Test
    void unseededRandomnessIsFound() {
        assertThat(failuresOf(Mutants.Gambler.Contract.class)).contains("p09_readsNoClockAndNoUnseededRandomness");
    }

    @Test
    void aStaticIsFound() {
        assertThat(failuresOf(Mutants.Sharer.Contract.class)).contains("p10_detectorsShareNothing");
    }

    @Test
    void aKeptViewIsFound() {
        assertThat(failuresOf(Mutants.Hoarder.Contract.class)).contains("p12_keepsNoView");
    }

    @Test
    void notANumberForAnEmptyWindowIsFound() {
        assertThat(failuresOf(Mutants.Divider.Contract.class)).contains("p13_scoresAreFiniteForEmptyAndExtremeInput");
    }

    @Test
    void aKindThatIsJudgedOnlySometimesIsFound() {
        assertThat(failuresOf(Mutants.Forgetful.Contract.class)).contains("p14_aKindOnceJudgedIsJudgedWheneverAnyIs");
    }

    @Test
    void aFieldLostInSaveIsFound() {
        assertThat(failuresOf(Mutants.Loser.Contract.class)).containsExactly("p15_saveAndRestoreChangeNothing");
    }

    @Test
    void anUnknownFormatThatIsReadIsFound() {
        assertThat(failuresOf(Mutants.Guesser.Contract.class)).containsExactly("p15_anUnknownStateFormatIsRefused");
    }

    @Test
    void anInspectThatChangesSomethingIsFound() {
        assertThat(failuresOf(Mutants.Meddler.Contract.class)).containsExactly("p16_inspectChangesNothing");
    }

    @Test
    void anUnknownNameInATextIsFound() {
        assertThat(failuresOf(Mutants.Misspeller.Contract.class)).contains("p17_everyNameInATextIsGiven");
    }

    @Test
    void aBadParameterThatIsAcceptedInSilenceIsFound() {
        assertThat(failuresOf(Mutants.Swallower.Contract.class)).contains("p18_whateverIsAcceptedWorks");
        assertThat(failuresOf(Mutants.Unchecking.Contract.class))
                .containsExactly("p18_badParametersAreRefusedByNameValueAndWhatIsAllowed");
    }

    @Test
    void aChangingNameIsFound() {
        assertThat(failuresOf(Mutants.Renamer.Contract.class)).containsExactly("p08_nameAndDeclarationsAreConstant");
    }

    private static Set<String> failuresOf(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
