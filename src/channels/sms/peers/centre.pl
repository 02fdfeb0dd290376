#!/usr/bin/perl
# A message centre by Net::SMPP, which nobody here wrote: it says on a line what it reads, answers, and brings a receipt.
use strict;
use warnings;
use Net::SMPP;

$| = 1;
my $centre = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34) or die "listen: $!";
print 'port ', $centre->sockport, "\n";
my $session = $centre->accept or die "accept: $!";
my $id = 4710;

while (my $pdu = $session->read_pdu) {
    my $cmd = $pdu->{cmd};
    if ($cmd == Net::SMPP::CMD_bind_transceiver) {
        print "bind $pdu->{system_id} $pdu->{password} $pdu->{interface_version}\n";
        $session->bind_transceiver_resp(system_id => 'perl', seq => $pdu->{seq});
        $session->enquire_link(async => 1);
    } elsif ($cmd == Net::SMPP::CMD_submit_sm) {
        submitted($pdu);
    } elsif ($cmd == Net::SMPP::CMD_query_sm) {
        print "query $pdu->{message_id}\n";
        $session->query_sm_resp(message_id => $pdu->{message_id}, final_date => '', message_state => 2, error_code => 0, seq => $pdu->{seq});
    } elsif ($cmd == Net::SMPP::CMD_enquire_link) {
        print "enquire_link\n";
        $session->enquire_link_resp(seq => $pdu->{seq});
    } elsif ($cmd == Net::SMPP::CMD_enquire_link_resp) {
        print "enquire_link_resp $pdu->{status}\n";
    } elsif ($cmd == Net::SMPP::CMD_deliver_sm_resp) {
        print "deliver_sm_resp $pdu->{status}\n";
    } elsif ($cmd == Net::SMPP::CMD_unbind) {
        print "unbind\n";
        $session->unbind_resp(seq => $pdu->{seq});
        last;
    } else {
        print "other $cmd\n";
    }
}

sub submitted {
    my ($pdu) = @_;
    my @named = map { "$_=$pdu->{$_}" } qw(source_addr_ton source_addr_npi source_addr dest_addr_ton dest_addr_npi destination_addr esm_class data_coding registered_delivery validity_period);
    print join(' ', 'submit', @named, unpack('H*', $pdu->{short_message})), "\n";
    $id++;
    $session->submit_sm_resp(message_id => $id, seq => $pdu->{seq});
    $session->deliver_sm(
        async => 1, esm_class => 4, source_addr => $pdu->{destination_addr}, destination_addr => $pdu->{source_addr}, data_coding => 0,
        short_message => "id:$id sub:001 dlvrd:001 submit date:2611240200 done date:2611240201 stat:DELIVRD err:000 text:",
    );
}
